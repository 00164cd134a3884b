package io.stockhub.connectors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of orders.
 *
 * @param orders in the system's order, which need not be by time
 * @param next cursor of the next page, to be handed back as it is; null on the last page
 */
public record OrdersPage(List<RawOrder> orders, @Nullable String next) {

    public OrdersPage {
        orders = List.copyOf(orders);
    }
}
