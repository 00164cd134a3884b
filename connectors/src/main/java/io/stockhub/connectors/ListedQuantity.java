package io.stockhub.connectors;

import org.jspecify.annotations.Nullable;

/**
 * What a channel lists now.
 *
 * @param sku the channel's SKU
 * @param channelItem the channel's own id of the item, where it has one
 * @param quantity may be negative where the channel allows overselling
 */
public record ListedQuantity(String sku, @Nullable String channelItem, long quantity) {}
