package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input gets a clear answer that names the field, and changes nothing. */
class BadInputIT {
    private static final String ORDER =
            """
            {"id":820982911946154508,"created_at":"2026-07-14T05:12:31-04:00","updated_at":"2026-07-14T05:12:34-04:00",
             "cancelled_at":null,"test":false,"financial_status":"paid",
             "line_items":[{"id":1,"sku":"%s","quantity":1,"current_quantity":1,"requires_shipping":true}]}""";

    private final HubUnderTest hub = HubUnderTest.shared();
    private JsonNode before = books();

    /** What the ledger holds; how far it is sealed goes on by itself. */
    private JsonNode books() {
        return ((ObjectNode) hub.ledger()).without(List.of("unsealed", "until"));
    }

    @BeforeEach
    void remember() {
        before = books();
    }

    @AfterEach
    void nothingChanged() {
        assertThat(books()).isEqualTo(before);
    }

    private Api.Reply webhook(byte[] body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(Map.of(
                "X-Shopify-Topic", "orders/create", "X-Shopify-Webhook-Id", "w-1", "Content-Type", "application/json"));
        all.putAll(headers);
        return new Api(hub.url, Map.of()).send("POST", "/webhooks/shopify", body, all);
    }

    private static String sign(byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("demo-shopify-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(body));
    }

    @Test
    void aWebhookWithAWrongSignatureIsRefused() throws Exception {
        byte[] body = ORDER.formatted("TEE").getBytes(StandardCharsets.UTF_8);
        String signature = sign(body);
        body[body.length - 2] ^= 1;

        assertThat(webhook(body, Map.of("X-Shopify-Hmac-Sha256", signature)).status())
                .isEqualTo(401);
        assertThat(webhook(body, Map.of()).status()).isEqualTo(401);
    }

    @Test
    void aSignedWebhookThatIsNotJsonIsRefused() throws Exception {
        byte[] body = "{\"id\": 1,".getBytes(StandardCharsets.UTF_8);

        assertThat(webhook(body, Map.of("X-Shopify-Hmac-Sha256", sign(body))).status())
                .isEqualTo(400);
    }

    @Test
    void aWebhookOfAnUnknownChannelIsRefused() {
        assertThat(new Api(hub.url, Map.of()).post("/webhooks/nobody", "{}").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            422 | lines[0].quantity | {"kind":"receipt","location":"NORTH","lines":[{"sku":"X","quantity":-3}]}
            422 | lines[0].quantity | {"kind":"receipt","location":"NORTH","lines":[{"sku":"X","quantity":0}]}
            422 | lines[0].quantity | {"kind":"receipt","location":"NORTH","lines":[{"sku":"X","quantity":99999999999999999999}]}
            422 | lines[0].quantity | {"kind":"receipt","location":"NORTH","lines":[{"sku":"X","quantity":1.5}]}
            422 | lines[0].quantity | {"kind":"receipt","location":"NORTH","lines":[{"sku":"X","quantity":"3"}]}
            422 | lines[0].sku      | {"kind":"receipt","location":"NORTH","lines":[{"sku":"NO-SUCH-SKU","quantity":3}]}
            422 | location          | {"kind":"receipt","location":"NOWHERE","lines":[{"sku":"X","quantity":3}]}
            422 | kind              | {"kind":"theft","location":"NORTH","lines":[{"sku":"X","quantity":3}]}
            422 | lines             | {"kind":"receipt","location":"NORTH","lines":[]}
            400 | -                 | {"kind":"receipt"
            """)
    void aMovementThatIsWrongNamesItsField(int status, String field, String body) {
        Api.Reply reply = hub.api.post("/api/v1/movements", body);

        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
        if (!field.equals("-")) {
            assertThat(reply.body().path("field").asText()).isEqualTo(field);
        }
        assertThat(reply.headers().get("content-type")).first().asString().startsWith("application/problem+json");
    }

    @Test
    void aBodyOfTenMegabytesIsRefused() {
        byte[] body = new byte[10 << 20];
        java.util.Arrays.fill(body, (byte) ' ');

        assertThat(hub.api.send("POST", "/api/v1/movements", body, Map.of()).status())
                .isEqualTo(413);
        assertThat(webhook(body, Map.of()).status()).isEqualTo(413);
    }

    @Test
    void whoHasNoKeyIsNobodyAndAViewerMayOnlyRead() {
        assertThat(new Api(hub.url, Map.of()).get("/api/v1/stock").status()).isEqualTo(401);
        assertThat(hub.viewer.get("/api/v1/stock").status()).isEqualTo(200);
        assertThat(hub.viewer.post("/api/v1/movements", "{}").status()).isEqualTo(403);
        assertThat(hub.viewer.post("/api/v1/dead-letters/replay", "{}").status())
                .isEqualTo(403);
    }
}
