package io.stockhub.stock.routing;

import io.stockhub.stock.Command;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be shipped, and to whom.
 *
 * @param customer as the rules name customers; null when unknown
 * @param priority 1 (first) to 9 (last)
 * @param demand units by stocked SKU, each at least 1, in the order in which they are to be answered; read during the
 *     call only
 */
public record Order(
        String channel,
        @Nullable String customer,
        int priority,
        Command.@Nullable ShipTo shipTo,
        Map<String, Long> demand) {}
