package io.stockhub.mapping.canonical;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goods that a warehouse took in; {@code receipt.schema.json}.
 *
 * @param receiptRef the warehouse's receipt number; with the sender it names one receipt
 * @param location our location id
 * @param reference the order or purchase order that was received against
 * @param occurredAt when they were received; midnight UTC where the document has only a date
 * @param lines at least one
 */
public record Receipt(
        String receiptRef, String location, @Nullable String reference, Instant occurredAt, List<Line> lines) {

    public Receipt {
        lines = List.copyOf(lines);
    }

    /**
     * @param lineRef once in a receipt
     * @param sku the item's id as the document gives it
     * @param skuQualifier whose id that is, by X12 element 235: VN or SK our SKU, UP UPC-12, UK GTIN-14, EN EAN-13
     * @param quantity in {@code unit}, at least 1
     * @param unit X12 element 355: EA each, CA case …
     * @param lot the warehouse's lot
     */
    public record Line(
            String lineRef, String sku, String skuQualifier, long quantity, String unit, @Nullable String lot) {}

    /**
     * Reads what a mapping of the action {@code receipt-944} wrote.
     *
     * @throws IllegalArgumentException naming the field and the place
     */
    public static Receipt parse(String json) {
        Fields receipt = Fields.of("receipt", json);
        receipt.convert("kind", Receipt::kind, "receipt");
        return new Receipt(
                receipt.text("receiptRef"),
                receipt.text("location"),
                receipt.optionalText("reference"),
                receipt.instant("occurredAt"),
                receipt.array("lines").map(Receipt::line).toList());
    }

    private static String kind(String text) {
        if (!text.equals("receipt")) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static Line line(Fields line) {
        return new Line(
                line.text("lineRef"),
                line.text("sku"),
                line.text("skuQualifier"),
                line.whole("quantity"),
                line.text("unit"),
                line.optionalText("lot"));
    }
}
