package io.stockhub.stock.routing;

import io.stockhub.stock.Command;
import io.stockhub.stock.Reservation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what would ship from where, and why, without reserving anything. */
public interface RoutingDesk {

    /** An order that is only asked about; lines as in a reservation, bundles included. */
    record Question(
            String channel,
            @Nullable String customer,
            @Nullable Integer priority,
            Command.@Nullable ShipTo shipTo,
            Map<String, Long> units) {}

    /** What would come of it. */
    sealed interface Trial {
        /**
         * @param lines what each line would get; what is not there waits
         * @param plan with every way that was considered, the chosen one first
         */
        record Routed(java.util.List<Reservation.Line> lines, Plan plan) implements Trial {}

        /** Line {@code line} names a SKU that nobody created. */
        record UnknownSku(int line, String sku) implements Trial {}
    }

    /** On the stock and under the rules of this moment. */
    Trial tryOut(Question question);
}
