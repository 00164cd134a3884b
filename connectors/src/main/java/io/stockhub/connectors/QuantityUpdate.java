package io.stockhub.connectors;

import org.jspecify.annotations.Nullable;

/**
 * The quantity that a channel shall list.
 *
 * @param sku the channel's SKU
 * @param channelItem the channel's own id of the item, where it needs one
 * @param quantity sellable units, absolute; at least 0
 * @param expected what the channel is believed to list now, for channels that compare before they set; null = do not
 *     compare
 */
public record QuantityUpdate(String sku, @Nullable String channelItem, long quantity, @Nullable Long expected) {

    public QuantityUpdate {
        if (sku.isBlank()) {
            throw new IllegalArgumentException("sku: \"" + sku + "\" (expected: not blank)");
        }
        if (quantity < 0) {
            throw new IllegalArgumentException("quantity: " + quantity + " (expected: >= 0)");
        }
    }
}
