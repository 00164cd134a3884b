package io.stockhub.stock.routing;

/** What may be promised. Asked at most once for each SKU and location of an order. */
@FunctionalInterface
public interface Stock {
    /** Sellable units that the order's channel may take there; what is in transit or expected is not among them. */
    long available(String sku, String location);
}
