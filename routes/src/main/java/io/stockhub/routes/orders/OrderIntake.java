package io.stockhub.routes.orders;

import io.stockhub.connectors.Failure.Stage;
import io.stockhub.mapping.canonical.Order;
import io.stockhub.routes.failure.FlowFailure;
import io.stockhub.routes.inbox.Outcome;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Command;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.StockQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An order of a channel becomes a reservation, once, however often and in whatever shape it arrives. An order that the
 * channel has sold and for which there is no stock is kept as a backorder: the customer has paid, it cannot be refused.
 */
public final class OrderIntake {
    private static final Logger LOG = LoggerFactory.getLogger(OrderIntake.class);

    private final StockMaster stockMaster;
    private final StockQueries queries;
    private final Catalogue catalogue;
    private final OrderVersions versions;
    private final OrderNews news;

    /** Told of each order that was taken, after the commit. */
    public interface OrderNews {
        void taken(String channel, Reservation reservation);
    }

    public OrderIntake(
            StockMaster stockMaster,
            StockQueries queries,
            Catalogue catalogue,
            OrderVersions versions,
            OrderNews news) {
        this.stockMaster = stockMaster;
        this.queries = queries;
        this.catalogue = catalogue;
        this.versions = versions;
        this.news = news;
    }

    /**
     * Takes one order.
     *
     * @throws FlowFailure permanent: a SKU that we do not know, an order that changed after it was taken
     */
    public Outcome take(String channel, Order order) {
        if (!versions.isNewest(channel, order.orderRef(), order.updatedAt())) {
            return Outcome.SUPERSEDED;
        }
        return switch (order.status()) {
            case IGNORED -> Outcome.IGNORED;
            case CANCELLED -> cancel(channel, order);
            case OPEN -> reserve(channel, order);
        };
    }

    /** What {@link #take} would do. */
    public Outcome preview(String channel, Order order) {
        Optional<Reservation> existing = queries.reservation(channel, order.orderRef());
        return switch (order.status()) {
            case IGNORED -> Outcome.IGNORED;
            case CANCELLED ->
                existing.isEmpty()
                        ? Outcome.NOTHING_TO_CANCEL
                        : existing.get().status() == Reservation.Status.CANCELLED
                                ? Outcome.ALREADY_APPLIED
                                : Outcome.APPLIED;
            case OPEN -> {
                ourLines(channel, order);
                yield existing.isPresent() ? Outcome.ALREADY_APPLIED : Outcome.APPLIED;
            }
        };
    }

    private Outcome reserve(String channel, Order order) {
        Command.ShipTo shipTo = new Command.ShipTo(
                order.shipTo().country(),
                order.shipTo().region(),
                order.shipTo().postalCode());
        Answer answer = stockMaster.execute(new Command.Reserve(
                channel,
                order.orderRef(),
                Command.Policy.BACKORDER,
                shipTo,
                order.placedAt(),
                channel,
                null,
                ourLines(channel, order)));
        return switch (answer) {
            case Answer.Held held when held.replayed() -> Outcome.ALREADY_APPLIED;
            case Answer.Held held -> {
                tell(channel, held.reservation());
                yield Outcome.APPLIED;
            }
            case Answer.KeyConflict conflict ->
                throw failure(
                        order,
                        "stock.order_changed",
                        "The order was taken before with other lines; edits of orders are not taken automatically yet.",
                        null);
            default -> throw failure(order, "stock.refused", answer.toString(), null);
        };
    }

    private void tell(String channel, Reservation reservation) {
        if (reservation.status() == Reservation.Status.BACKORDERED) {
            LOG.warn(
                    "Oversold: channel={} order={} waits for stock: {}",
                    channel,
                    reservation.orderRef(),
                    reservation.lines());
        }
        news.taken(channel, reservation);
    }

    private Outcome cancel(String channel, Order order) {
        Optional<Reservation> existing = queries.reservation(channel, order.orderRef());
        if (existing.isEmpty()) {
            return Outcome.NOTHING_TO_CANCEL;
        }
        Answer answer =
                stockMaster.execute(new Command.Cancel(existing.get().reservationId(), channel, null, List.of()));
        return switch (answer) {
            case Answer.Held held -> held.replayed() ? Outcome.ALREADY_APPLIED : Outcome.APPLIED;
            default ->
                throw failure(
                        order,
                        "stock.already_shipped",
                        "The order was cancelled at the channel after it was shipped: expect a return.",
                        null);
        };
    }

    private List<Command.Line> ourLines(String channel, Order order) {
        List<Command.Line> lines = new ArrayList<>();
        for (Order.Line line : order.lines()) {
            String sku = catalogue
                    .resolve(channel, line.sku())
                    .orElseThrow(() -> failure(
                            order,
                            "stock.unknown_sku",
                            "No SKU or alias of " + channel + " is called \"" + line.sku()
                                    + "\" and no other SKU, too: create it, add the alias, or settle"
                                    + " the conflict, then replay.",
                            line.sku()));
            lines.add(new Command.Line(sku, line.quantity()));
        }
        return lines;
    }

    private static FlowFailure failure(
            Order order, String code, String message, @org.jspecify.annotations.Nullable String sku) {
        return FlowFailure.permanent(Stage.LEDGER, code, message, sku, order.orderRef());
    }
}
