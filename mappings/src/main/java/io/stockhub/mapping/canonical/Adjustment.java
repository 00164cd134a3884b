package io.stockhub.mapping.canonical;

import java.time.Instant;
import java.util.List;

/**
 * Stock that somebody found to be more or less than was written down; {@code adjustment.schema.json}.
 *
 * @param adjustmentRef the sender's number; with the sender it names one adjustment
 * @param location our location id
 * @param lines at least one
 */
public record Adjustment(String adjustmentRef, String location, String reason, Instant occurredAt, List<Line> lines) {

    public Adjustment {
        lines = List.copyOf(lines);
    }

    /**
     * @param lineRef once in an adjustment
     * @param sku our SKU, or the sender's name for it
     * @param quantity in the SKU's base unit: how many more, or fewer when negative; never 0
     */
    public record Line(String lineRef, String sku, long quantity) {}

    /**
     * Reads what a mapping of the action {@code adjustment} wrote.
     *
     * @throws IllegalArgumentException naming the field and the place
     */
    public static Adjustment parse(String json) {
        Fields adjustment = Fields.of("adjustment", json);
        return new Adjustment(
                adjustment.text("adjustmentRef"),
                adjustment.text("location"),
                adjustment.text("reason"),
                adjustment.instant("occurredAt"),
                adjustment.array("lines").map(Adjustment::line).toList());
    }

    private static Line line(Fields line) {
        return new Line(line.text("lineRef"), line.text("sku"), line.whole("quantity"));
    }
}
