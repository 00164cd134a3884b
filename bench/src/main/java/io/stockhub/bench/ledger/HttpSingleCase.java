package io.stockhub.bench.ledger;

import io.stockhub.bench.ledger.HttpCaller.Call;
import java.util.Locale;

/** One order a call, against a call that does nothing: how much of what the web server can do is left for orders. */
final class HttpSingleCase extends HttpCase {
    private final int connections;

    HttpSingleCase(String name, int connections, double least) {
        super(
                name,
                String.format(Locale.ROOT, "HTTP, one hot SKU, %,d connections", connections),
                least,
                "an endpoint that does nothing");
        this.connections = connections;
    }

    @Override
    Side product(Hub hub) {
        return new Side(new HttpCaller(hub.port(), Call.SINGLE), connections, true);
    }

    @Override
    Side yardstick(Hub hub) {
        return new Side(new HttpCaller(hub.port(), Call.NOTHING), connections, false);
    }
}
