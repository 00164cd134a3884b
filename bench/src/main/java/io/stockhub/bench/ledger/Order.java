package io.stockhub.bench.ledger;

import io.stockhub.stock.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a buyer asks for. */
record Order(String ref, List<Command.Line> lines) {
    static final String CHANNEL = "shop";
    static final String ACTOR = "bench";
    static final Command.ShipTo SHIP_TO = new Command.ShipTo("ID", "JK", "10110");

    /** As the stock master is asked; the channel's own number makes it one order, no key is needed. */
    Command.Reserve command() {
        return new Command.Reserve(CHANNEL, ref, Command.Policy.ALL_OR_NOTHING, SHIP_TO, null, ACTOR, null, lines);
    }

    /** Units by SKU, in the order of the lines: two lines of one SKU are one demand. */
    Map<String, Long> demand() {
        if (lines.size() == 1) {
            return Map.of(lines.getFirst().sku(), lines.getFirst().quantity());
        }
        Map<String, Long> demand = new LinkedHashMap<>();
        lines.forEach(line -> demand.merge(line.sku(), line.quantity(), Long::sum));
        return demand;
    }
}
