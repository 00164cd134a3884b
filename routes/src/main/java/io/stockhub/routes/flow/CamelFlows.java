package io.stockhub.routes.flow;

import io.stockhub.routes.inbox.InboxFlows;
import io.stockhub.routes.inbox.InboxMessage;
import io.stockhub.routes.inbox.Outcome;
import io.stockhub.routes.stockout.StockOut;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Runs one message, or one batch, through its Camel route and hands every failure back at once. */
public final class CamelFlows implements InboxFlows, Consumer<StockOut.Batch> {
    private final ProducerTemplate camel;

    public CamelFlows(ProducerTemplate camel) {
        this.camel = camel;
    }

    @Override
    public Outcome handle(InboxMessage message) {
        return run(message, false);
    }

    @Override
    public Outcome preview(InboxMessage message) {
        return run(message, true);
    }

    private Outcome run(InboxMessage message, boolean preview) {
        String route =
                switch (message.flow()) {
                    case ORDERS_IN -> "direct:orders-in";
                    case RECEIPTS_IN -> "direct:receipts-in";
                    case ADJUSTMENTS_IN -> "direct:adjustments-in";
                };
        Exchange done = camel.request(route, exchange -> {
            exchange.setProperty(MessageSteps.MESSAGE, message);
            exchange.setProperty(MessageSteps.PREVIEW, preview);
        });
        return result(done, Outcome.class);
    }

    @Override
    public void accept(StockOut.Batch batch) {
        result(
                camel.request(
                        "direct:stock-out", exchange -> exchange.getMessage().setBody(batch)),
                Object.class);
    }

    /** A route that did not run to its end must never look like one that did. */
    private static <T> T result(Exchange done, Class<T> type) {
        if (done.getException() != null) {
            throw new RouteFailure(done.getException());
        }
        T body = done.getMessage().getBody(type);
        if (body == null) {
            throw new IllegalStateException("route " + done.getFromRouteId() + " ended without a result");
        }
        return body;
    }
}
