package io.stockhub.mapping.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalMessagesTest {

    private static String example(String name) throws IOException {
        try (InputStream in = CanonicalMessagesTest.class.getResourceAsStream("/mappings/canonical/v1/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void anOrderIsReadAsItsExampleSays() throws IOException {
        assertThat(Order.parse(example("order.example.json")))
                .isEqualTo(new Order(
                        "701-4410235-9911406",
                        Order.Status.OPEN,
                        null,
                        Instant.parse("2026-09-04T07:15:31Z"),
                        Instant.parse("2026-09-04T07:16:02.118Z"),
                        new Order.ShipTo("US", "WA", "98109"),
                        List.of(
                                new Order.Line("40110000000017", "TEE-M", 2),
                                new Order.Line("40110000000018", "MUG-01", 1))));
    }

    @Test
    void aReceiptIsReadAsItsExampleSays() throws IOException {
        assertThat(Receipt.parse(example("receipt.example.json")))
                .isEqualTo(new Receipt(
                        "RC301",
                        "JKT",
                        "PO-1",
                        Instant.parse("2026-09-04T00:00:00Z"),
                        List.of(new Receipt.Line("1", "TEE-M", "VN", 10, "EA", "L-77"))));
    }

    @Test
    void aTimeWithAnOffsetIsThatInstant() throws IOException {
        String order = example("order.example.json").replace("2026-09-04T07:15:31Z", "2026-09-04T03:15:31-04:00");
        assertThat(Order.parse(order).placedAt()).isEqualTo(Instant.parse("2026-09-04T07:15:31Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            "quantity": 2 | "quantity": "2" | /lines/0/quantity: "2" (expected: a whole number)
            "quantity": 1 | "quantity": 1.5 | /lines/1/quantity: 1.5 (expected: a whole number)
            "status": "open" | "status": "sold" | /status: "sold" (expected: open, cancelled or ignored)
            "orderRef": "701-4410235-9911406" | "ref": 1 | /orderRef: missing (expected: text)
            "2026-09-04T07:15:31Z" | "today" | /placedAt: "today" (expected: a time with offset, ISO 8601)
            "sku": "MUG-01" | "sku": null | /lines/1/sku: null (expected: text)
            """)
    void aFieldAtFaultIsNamedWithItsPlace(String was, String is, String message) throws IOException {
        String order = example("order.example.json").replace(was, is);
        assertThatThrownBy(() -> Order.parse(order))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("order: " + message);
    }

    @Test
    void aReceiptOfAnotherKindIsRefused() throws IOException {
        String other = example("receipt.example.json").replace("\"receipt\"", "\"return\"");
        assertThatThrownBy(() -> Receipt.parse(other)).hasMessage("receipt: /kind: \"return\" (expected: receipt)");
        assertThatThrownBy(() -> Receipt.parse("[]")).hasMessageContaining("(expected: an object)");
        assertThatThrownBy(() -> Receipt.parse("{")).hasMessageStartingWith("receipt: not JSON");
    }
}
