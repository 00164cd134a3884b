package io.stockhub.bench.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Shows every channel what there is, less a buffer: at once, newest wins; or, as most products do, every so often. */
final class SharedHub extends Hub {
    private final long buffer;
    private final boolean atOnce;
    private final Map<Market, Long> told = new HashMap<>();
    private final Set<Market> inFlight = new HashSet<>();

    private SharedHub(Agenda agenda, Books books, List<Market> markets, long buffer, boolean atOnce) {
        super(agenda, books, markets);
        this.buffer = buffer;
        this.atOnce = atOnce;
    }

    static SharedHub atOnce(Agenda agenda, Books books, List<Market> markets, long buffer) {
        return new SharedHub(agenda, books, markets, buffer, true);
    }

    static SharedHub every(Duration period, Agenda agenda, Books books, List<Market> markets) {
        SharedHub hub = new SharedHub(agenda, books, markets, 0, false);
        hub.again(Duration.ZERO, period);
        return hub;
    }

    private void again(Duration in, Duration period) {
        agenda.in(in, () -> {
            told.clear();
            later(Duration.ZERO, () -> markets.forEach(this::tell));
            again(period, period);
        });
    }

    @Override
    void sold(Market market, Market.Sale sale) {}

    @Override
    void wasRead(Market market, Instant until) {}

    @Override
    void restarted() {
        told.clear();
        inFlight.clear();
    }

    @Override
    void act() {
        if (atOnce) {
            markets.forEach(this::tell);
        }
    }

    private void tell(Market market) {
        long wanted = Math.max(0, books.units() - buffer);
        if (inFlight.contains(market) || Long.valueOf(wanted).equals(told.get(market))) {
            return;
        }
        inFlight.add(market);
        told.put(market, wanted);
        Consumer<Market.Outcome> answer = inThisLife(outcome -> {
            inFlight.remove(market);
            if (outcome.kind() != Market.Outcome.Kind.APPLIED) {
                told.remove(market);
            }
            act();
        });
        market.update(wanted, null, answer);
    }
}
