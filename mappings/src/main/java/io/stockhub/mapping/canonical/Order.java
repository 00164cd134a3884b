package io.stockhub.mapping.canonical;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One order of a channel as it stands now; {@code order.schema.json}.
 *
 * @param orderRef the channel's order id, 1 to 128 characters; with the channel it names one reservation
 * @param reason why it is {@link Status#IGNORED}; a remark otherwise
 * @param placedAt when the customer bought
 * @param updatedAt when the channel last changed the order; of two versions the later one counts
 * @param lines what is still wanted; empty only when ignored
 */
public record Order(
        String orderRef,
        Status status,
        @Nullable String reason,
        Instant placedAt,
        Instant updatedAt,
        ShipTo shipTo,
        List<Line> lines) {

    public Order {
        lines = List.copyOf(lines);
    }

    /** What the hub does with the order. */
    public enum Status {
        /** Reserve stock. */
        OPEN,
        /** Give the stock back. */
        CANCELLED,
        /** Not ours to ship: keep no stock, but remember that it was seen. */
        IGNORED;

        static Status of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Where it goes, as far as routing needs it.
     *
     * @param country ISO 3166 code, two letters; three where a channel gives one that its mapping does not know
     * @param region state or province
     */
    public record ShipTo(@Nullable String country, @Nullable String region, @Nullable String postalCode) {}

    /**
     * @param lineRef the channel's line id, once in an order
     * @param sku the channel's SKU, not ours
     * @param quantity units that are still wanted, 1 to 1,000,000
     */
    public record Line(String lineRef, String sku, long quantity) {}

    /**
     * Reads what a mapping of the action {@code order} wrote.
     *
     * @throws IllegalArgumentException naming the field and the place
     */
    public static Order parse(String json) {
        Fields order = Fields.of("order", json);
        Fields shipTo = order.object("shipTo");
        return new Order(
                order.text("orderRef"),
                order.convert("status", Status::of, "open, cancelled or ignored"),
                order.optionalText("reason"),
                order.instant("placedAt"),
                order.instant("updatedAt"),
                new ShipTo(
                        shipTo.optionalText("country"),
                        shipTo.optionalText("region"),
                        shipTo.optionalText("postalCode")),
                order.array("lines")
                        .map(line -> new Line(line.text("lineRef"), line.text("sku"), line.whole("quantity")))
                        .toList());
    }
}
