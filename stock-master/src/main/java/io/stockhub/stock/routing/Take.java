package io.stockhub.stock.routing;

/** Units of a SKU that one location ships; at least 1. */
public record Take(String sku, String location, long quantity) {}
