package io.stockhub.connectors;

import org.jspecify.annotations.Nullable;

/**
 * What a channel lists now.
 *
 * @param sku the channel's SKU
 * @param channelItem the channel's own id of the item, where it has one
 * @param quantity may be negative where the channel allows overselling
 * @param setAside units that the channel says it keeps out of {@code quantity}, for a promotion; null when it says nothing
 */
public record ListedQuantity(String sku, @Nullable String channelItem, long quantity, @Nullable Long setAside) {

    public ListedQuantity(String sku, @Nullable String channelItem, long quantity) {
        this(sku, channelItem, quantity, null);
    }
}
