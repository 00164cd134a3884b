package io.stockhub.bench.ledger;

import io.stockhub.bench.ledger.HttpCaller.Call;
import io.stockhub.stock.StockMaster;
import java.util.Locale;

/** A hundred orders a call, against the Java front door: what HTTP costs an order when many share a call. */
final class HttpBatchCase extends HttpCase {
    private final int connections;
    private final int callers;

    /** @param callers of the Java front door */
    HttpBatchCase(String name, int connections, int callers, double least) {
        super(
                name,
                String.format(Locale.ROOT, "HTTP, one hot SKU, %,d connections, 100 orders a call", connections),
                least,
                String.format(Locale.ROOT, "Java with %,d callers", callers));
        this.connections = connections;
        this.callers = callers;
    }

    @Override
    Side product(Hub hub) {
        return new Side(new HttpCaller(hub.port(), Call.BATCH), connections, true);
    }

    @Override
    Side yardstick(Hub hub) {
        return new Side(new FrontDoor(hub.stockMaster()), callers, true);
    }

    /** The front door of the hub's own stock master, which belongs to the hub. */
    private record FrontDoor(StockMaster master) implements Contender {
        @Override
        public String name() {
            return "product in the hub, by Java";
        }

        @Override
        public int take(OrderSource orders) {
            return Product.reserve(master, orders.next()) ? 1 : 0;
        }

        @Override
        public void close() {
            // The hub closes it.
        }
    }
}
