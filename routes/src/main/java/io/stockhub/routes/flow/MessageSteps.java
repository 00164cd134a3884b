package io.stockhub.routes.flow;

import io.stockhub.connectors.Failure;
import io.stockhub.mapping.Mappings;
import io.stockhub.mapping.canonical.Adjustment;
import io.stockhub.mapping.canonical.Order;
import io.stockhub.mapping.canonical.Receipt;
import io.stockhub.routes.adjustments.AdjustmentIntake;
import io.stockhub.routes.failure.FlowFailure;
import io.stockhub.routes.inbox.InboxMessage;
import io.stockhub.routes.inbox.Outcome;
import io.stockhub.routes.orders.OrderIntake;
import io.stockhub.routes.receipts.ReceiptIntake;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The steps of the routes that take messages in. The message travels as an exchange property, never as headers: headers
 * could leave with a call, and nothing from outside may become one.
 */
public final class MessageSteps {
    static final String MESSAGE = "hub.message";
    static final String PREVIEW = "hub.preview";

    private final Mappings mappings;
    private final OrderIntake orders;
    private final ReceiptIntake receipts;

    public MessageSteps(Mappings mappings, OrderIntake orders, ReceiptIntake receipts) {
        this.mappings = mappings;
        this.orders = orders;
        this.receipts = receipts;
    }

    /** The system's document to the canonical one, by the mapping that the message names; the body becomes its JSON. */
    public Processor mapIn() {
        return Contained.step(exchange -> {
            InboxMessage message = message(exchange);
            String document = new String(message.payload(), StandardCharsets.UTF_8);
            exchange.getMessage().setBody(mappings.apply(message.mapping(), document));
        });
    }

    /** A canonical order to a reservation; the body becomes the {@link Outcome}. */
    public Processor takeOrder() {
        return Contained.step(exchange -> {
            Order order = parsed(exchange, Order::parse);
            String channel = message(exchange).source();
            Outcome outcome = preview(exchange) ? orders.preview(channel, order) : orders.take(channel, order);
            exchange.getMessage().setBody(outcome);
        });
    }

    /** A canonical receipt to a movement; the body becomes the {@link Outcome}. */
    public Processor takeReceipt() {
        return Contained.step(exchange -> {
            Receipt receipt = parsed(exchange, Receipt::parse);
            String partner = message(exchange).source();
            exchange.getMessage()
                    .setBody(preview(exchange) ? receipts.preview(partner, receipt) : receipts.take(partner, receipt));
        });
    }

    /** A canonical adjustment to a movement; the body becomes the {@link Outcome}. */
    public static Processor takeAdjustment(AdjustmentIntake adjustments) {
        return Contained.step(exchange -> {
            Adjustment adjustment = parsed(exchange, Adjustment::parse);
            String source = message(exchange).source();
            exchange.getMessage()
                    .setBody(
                            preview(exchange)
                                    ? adjustments.preview(source, adjustment)
                                    : adjustments.take(source, adjustment));
        });
    }

    /** What is wrong with a document names the field; it must not end as a fault of the hub. */
    private static <T> T parsed(Exchange exchange, Function<String, T> parser) {
        try {
            return parser.apply(exchange.getMessage().getBody(String.class));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new FlowFailure(
                    new Failure(Failure.Kind.POISON, Failure.Stage.VALIDATE, "validate.field", message, null),
                    null,
                    null);
        }
    }

    private static InboxMessage message(Exchange exchange) {
        return exchange.getProperty(MESSAGE, InboxMessage.class);
    }

    private static boolean preview(Exchange exchange) {
        return exchange.getProperty(PREVIEW, false, Boolean.class);
    }
}
