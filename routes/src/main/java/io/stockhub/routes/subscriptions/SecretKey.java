package io.stockhub.routes.subscriptions;

import io.stockhub.connectors.Secret;
import io.stockhub.routes.outbound.Signature;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes the secrets of subscriptions, so that none is in the database or in a backup of it. */
public final class SecretKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_LENGTH = 16;

    private final Secret key;

    public SecretKey(Secret key) {
        this.key = key;
    }

    /** Always the same for the same salt. */
    Secret secret(String salt) {
        return Signature.secret(mac("subscription " + salt));
    }

    /** Tells keys apart and says nothing about them. */
    String id() {
        return HexFormat.of().formatHex(mac("key id")).substring(0, ID_LENGTH);
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM, e);
        }
    }
}
