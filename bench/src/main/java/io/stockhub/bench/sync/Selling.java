package io.stockhub.bench.sync;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A way of selling, by name.
 *
 * @param promises that nothing is oversold: a run in which something is has failed
 */
record Selling(String name, boolean promises, FlashSale.Way way) {
    static final List<Selling> ALL = List.of(
            new Selling("escrow", true, escrow(Set.of())),
            new Selling("shared, buffer 0", false, shared(0)),
            new Selling("shared, buffer 20", false, shared(20)),
            new Selling(
                    "everything every 5 minutes",
                    false,
                    (agenda, books, markets) -> SharedHub.every(Duration.ofMinutes(5), agenda, books, markets)));

    static FlashSale.Way escrow(Set<Guard> without) {
        return (agenda, books, markets) -> new EscrowHub(agenda, books, markets, without);
    }

    static FlashSale.Way shared(long buffer) {
        return (agenda, books, markets) -> SharedHub.atOnce(agenda, books, markets, buffer);
    }
}
