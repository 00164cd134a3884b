package io.stockhub.bench.ledger;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.stock.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Asks a hub by HTTP, each caller on a connection of its own that is kept alive. */
final class HttpCaller implements Contender {

    /** What is asked. */
    enum Call {
        SINGLE("product by HTTP", "/api/v1/reservations", 1, 201),
        BATCH("product by HTTP, 100 a call", "/api/v1/reservations/batch", 100, 200),
        /** The same request, order and all, to an address that answers at once. */
        NOTHING("HTTP that does nothing", Hub.NOTHING, 1, 201);

        private final String label;
        private final String path;
        private final int orders;
        private final int status;

        Call(String label, String path, int orders, int status) {
            this.label = label;
            this.path = path;
            this.orders = orders;
            this.status = status;
        }

        String label() {
            return label;
        }
    }

    private static final String ACCEPTED = "\"status\":201";
    private static final String SHIP_TO = "\"shipTo\":{\"country\":\"" + Order.SHIP_TO.country() + "\",\"region\":\""
            + Order.SHIP_TO.region() + "\",\"postalCode\":\"" + Order.SHIP_TO.postalCode() + "\"}";

    private final int port;
    private final Call call;
    private final Queue<HttpLine> all = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<HttpLine> own = ThreadLocal.withInitial(this::connect);

    /** @param port of the hub on this machine */
    HttpCaller(int port, Call call) {
        this.port = port;
        this.call = call;
    }

    private HttpLine connect() {
        try {
            HttpLine line = new HttpLine(port);
            all.add(line);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return call.label();
    }

    @Override
    public int take(OrderSource orders) {
        try {
            HttpLine.Reply reply = own.get().post(call.path, Hub.KEY, body(orders));
            if (reply.status() != call.status || call == Call.BATCH && accepted(reply.body()) != call.orders) {
                throw new BrokenPromiseException(
                        call.path + " was answered " + reply.status() + " " + refusal(reply.body()));
            }
            return call.orders;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String body(OrderSource orders) {
        StringBuilder json = new StringBuilder(256 * call.orders);
        if (call != Call.BATCH) {
            write(orders.next(), json);
            return json.toString();
        }
        json.append("{\"reservations\":[");
        for (int i = 0; i < call.orders; i++) {
            write(orders.next(), json.append(i == 0 ? "" : ","));
        }
        return json.append("]}").toString();
    }

    /** Channels, numbers and SKUs of the bench hold nothing that JSON would escape. */
    private static void write(Order order, StringBuilder json) {
        json.append("{\"channel\":\"").append(Order.CHANNEL);
        json.append("\",\"orderRef\":\"").append(order.ref()).append("\",").append(SHIP_TO);
        String separator = ",\"lines\":[";
        for (Command.Line line : order.lines()) {
            json.append(separator).append("{\"sku\":\"").append(line.sku());
            json.append("\",\"quantity\":").append(line.quantity()).append('}');
            separator = ",";
        }
        json.append("]}");
    }

    /** Orders of a batch that were each answered 201; a reservation's own status is a word, never a number. */
    static int accepted(String body) {
        int count = 0;
        for (int at = body.indexOf(ACCEPTED); at >= 0; at = body.indexOf(ACCEPTED, at + 1)) {
            count++;
        }
        return count;
    }

    /** From the first order that was refused on, so that the cause is not cut off. */
    private static String refusal(String body) {
        int problem = body.indexOf("\"problem\":");
        String from = body.substring(Math.max(0, problem));
        return from.substring(0, Math.min(1_000, from.length()));
    }

    @Override
    public void close() {
        for (HttpLine line : all) {
            try {
                line.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
