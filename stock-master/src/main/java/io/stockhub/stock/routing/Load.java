package io.stockhub.stock.routing;

/** How busy the warehouses are. Asked only for those with a capacity. */
@FunctionalInterface
public interface Load {
    /** Orders allocated to the location today. */
    long ordersToday(String location);
}
