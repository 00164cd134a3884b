package io.stockhub.routes.outbound;

import io.stockhub.connectors.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages as Standard Webhooks says: a receiver checks them with any library for it. */
public final class Signature {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES_MIN = 24;
    private static final int BYTES_MAX = 64;

    private Signature() {}

    /** A secret of these bytes as both sides write it. */
    public static Secret secret(byte[] key) {
        return Secret.of(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** True for {@code whsec_} and 24 to 64 bytes in base64. */
    public static boolean isSecret(String text) {
        try {
            int bytes =
                    text.startsWith(PREFIX) ? Base64.getDecoder().decode(text.substring(PREFIX.length())).length : 0;
            return bytes >= BYTES_MIN && bytes <= BYTES_MAX;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    /**
     * The three headers of a message.
     *
     * @param secrets a signature of each is sent, so that a receiver may know any of them while they are changed
     * @param id the same however often the message is sent
     * @param at when this attempt is made; receivers refuse what is minutes old
     */
    public static Map<String, String> headers(List<Secret> secrets, String id, Instant at, byte[] body) {
        String timestamp = Long.toString(at.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", timestamp);
        headers.put(
                "webhook-signature",
                secrets.stream()
                        .map(secret -> "v1," + sign(secret, id + "." + timestamp + ".", body))
                        .collect(Collectors.joining(" ")));
        return headers;
    }

    private static String sign(Secret secret, String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            byte[] key = Base64.getDecoder().decode(secret.reveal().substring(PREFIX.length()));
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM, e);
        }
    }
}
