package io.stockhub.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Account;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Manifests;
import io.stockhub.connectors.Secret;
import io.stockhub.connectors.Timing;
import io.stockhub.connectors.WebhookCheck;
import io.stockhub.connectors.WebhookCheck.Accepted;
import io.stockhub.connectors.WebhookCheck.Rejected;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookVerifierTest {

    private static final byte[] BODY = "{\"id\":9007199254740993,\"name\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8);
    private final Map<String, String> headers = new HashMap<>(Map.of("x-id", "d-1", "x-topic", "order.created"));

    @Test
    void aSignedMessageIsAcceptedWithItsIdAndItsMapping() throws Exception {
        headers.put("x-signature", hex("key-1", BODY));

        assertThat(check("key-1", BODY)).isEqualTo(new Accepted("d-1", "order.created", "order"));
    }

    @Test
    void anySingleBitThatDiffersIsRejected() throws Exception {
        headers.put("x-signature", hex("key-1", BODY));
        for (int bit = 0; bit < BODY.length * 8; bit++) {
            byte[] changed = BODY.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(check("key-1", changed)).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void aSignatureOfAnotherKeyAnEmptyOneAndNoneAreRejectedWithoutQuotingThem() throws Exception {
        String foreign = hex("other", BODY);
        for (String signature : new String[] {foreign, "", " ", "zz", foreign + foreign}) {
            headers.put("x-signature", signature);
            assertThat(check("key-1", BODY))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.reason())
                            .doesNotContain(foreign, "key-1"));
        }
        headers.remove("x-signature");
        assertThat(check("key-1", BODY)).isEqualTo(new Rejected("header x-signature: missing"));
    }

    @Test
    void whileKeysAreChangedTheOldAndTheNewOneAreGood() throws Exception {
        for (String key : new String[] {"old-key", "new-key"}) {
            headers.put("x-signature", hex(key, BODY));
            assertThat(check("new-key, old-key", BODY)).isInstanceOf(Accepted.class);
        }
        headers.put("x-signature", hex("new-key, old-key", BODY));
        assertThat(check("new-key, old-key", BODY)).isInstanceOf(Rejected.class);
    }

    @Test
    void anAccountWithoutAKeyAcceptsNothing() throws Exception {
        headers.put("x-signature", hex(" ", BODY));
        assertThat(check(" , ", BODY)).isInstanceOf(Rejected.class);
    }

    @Test
    void aMessageWithoutAnIdIsKnownByItsBody() throws Exception {
        headers.put("x-signature", hex("key-1", BODY));
        headers.remove("x-id");

        Accepted first = (Accepted) check("key-1", BODY);
        Accepted again = (Accepted) check("key-1", BODY);

        assertThat(first.messageId()).startsWith("sha256:").hasSize(71).isEqualTo(again.messageId());
    }

    @Test
    void aTopicThatIsNoneOfOursHasNoMapping() throws Exception {
        headers.put("x-signature", hex("key-1", BODY));
        headers.put("x-topic", "shop.renamed");

        assertThat(check("key-1", BODY)).isEqualTo(new Accepted("d-1", "shop.renamed", null));
    }

    @Test
    void aConnectorWithoutWebhooksAcceptsNone() {
        assertThat(WebhookVerifier.verify(account("k"), null, headers, BODY)).isInstanceOf(Rejected.class);
    }

    @Test
    void base64IsComparedAsItIsSpelled() throws Exception {
        Manifest manifest = Manifests.of("shopify");
        Account account = new Account(
                "shop",
                "shopify",
                URI.create("https://example.org"),
                null,
                Map.of(),
                Map.of("webhookSecret", Secret.of("hush")),
                Timing.defaults(manifest));
        Map<String, String> given = new HashMap<>(Map.of(
                "x-shopify-hmac-sha256", Base64.getEncoder().encodeToString(mac("hush", BODY)),
                "x-shopify-topic", "orders/cancelled",
                "x-shopify-webhook-id", "w-1"));

        assertThat(WebhookVerifier.verify(account, manifest.webhook(), given, BODY))
                .isEqualTo(new Accepted("w-1", "orders/cancelled", "order"));

        given.computeIfPresent("x-shopify-hmac-sha256", (name, value) -> value.replace("=", ""));
        assertThat(WebhookVerifier.verify(account, manifest.webhook(), given, BODY))
                .isInstanceOf(Rejected.class);
    }

    private WebhookCheck check(String secret, byte[] body) {
        return WebhookVerifier.verify(account(secret), Manifests.of("fakeshop").webhook(), headers, body);
    }

    private static Account account(String secret) {
        return new Account(
                "fake",
                "fakeshop",
                URI.create("https://example.org"),
                null,
                Map.of(),
                Map.of("hookSecret", Secret.of(secret)),
                Timing.defaults(Manifests.of("fakeshop")));
    }

    private static String hex(String key, byte[] body) throws Exception {
        return HexFormat.of().formatHex(mac(key, body));
    }

    private static byte[] mac(String key, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(body);
    }
}
