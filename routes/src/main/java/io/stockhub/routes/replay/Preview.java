package io.stockhub.routes.replay;

import io.stockhub.mapping.Mappings;
import io.stockhub.mapping.canonical.Order;
import io.stockhub.mapping.canonical.Receipt;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.deadletter.DeadLetterStore.Known;
import io.stockhub.routes.failure.FailureReading;
import io.stockhub.routes.inbox.Claimed;
import io.stockhub.routes.inbox.InboxFlows;
import io.stockhub.routes.inbox.InboxMessage;
import io.stockhub.routes.inbox.InboxStore;
import io.stockhub.routes.inbox.Outcome;
import io.stockhub.routes.receipts.ReceiptIntake;
import io.stockhub.routes.stockout.ListingStore;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.Units;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What sending a dead letter again would do, as far as that can be known without doing it. It reads and never writes. Each is
 * looked at by itself, as things are now: not what those before it in the same job would change.
 */
public final class Preview {
    private static final String OTHER_LINES = "The order was taken before with other lines.";
    private static final String OTHER_CONTENT = "A receipt of that number was taken before with other content.";

    private final JdbcClient jdbc;
    private final InboxStore inbox;
    private final InboxFlows flows;
    private final Mappings mappings;
    private final StockQueries queries;
    private final Catalogue catalogue;
    private final ListingStore listings;

    public Preview(
            JdbcClient jdbc,
            InboxStore inbox,
            InboxFlows flows,
            Mappings mappings,
            StockQueries queries,
            Catalogue catalogue,
            ListingStore listings) {
        this.jdbc = jdbc;
        this.inbox = inbox;
        this.flows = flows;
        this.mappings = mappings;
        this.queries = queries;
        this.catalogue = catalogue;
        this.listings = listings;
    }

    Resent of(Known known) {
        DeadLetter letter = known.deadLetter();
        return switch (letter.state()) {
            case "resolved" -> Resent.alreadyApplied("It was resolved before.");
            case "discarded" -> Resent.failed("It was discarded.");
            default ->
                switch (letter.flow()) {
                    case "stock-out" ->
                        listings.clean(letter.channel(), String.valueOf(letter.sku()))
                                ? new Resent("superseded", "A later number was accepted already.")
                                : new Resent("applied", "Today's number would be sent.");
                    case "edi-in" -> Resent.failed(Resending.UNREADABLE);
                    default -> message(Objects.requireNonNull(known.inboxId()));
                };
        };
    }

    private Resent message(long inboxId) {
        Claimed claimed = inbox.find(inboxId).orElseThrow();
        InboxMessage message = claimed.message();
        if (claimed.superseded()) {
            return Resent.of(Outcome.SUPERSEDED);
        }
        Optional<Long> earlier = inbox.blockedBy(inboxId);
        if (earlier.isPresent()) {
            return Resent.failed(
                    "Message " + earlier.get() + " of the same lane goes first and is tried again by itself.");
        }
        try {
            Outcome outcome = flows.preview(message);
            String document = mappings.apply(message.mapping(), new String(message.payload(), StandardCharsets.UTF_8));
            return switch (message.flow()) {
                case ORDERS_IN -> order(message.source(), Order.parse(document), outcome);
                case RECEIPTS_IN -> receipt(message.source(), Receipt.parse(document), outcome);
                // The ledger answers for it: the same number again has no effect, or is refused when its content
                // differs.
                case ADJUSTMENTS_IN -> Resent.of(outcome);
            };
        } catch (RuntimeException e) {
            return Resent.failed(FailureReading.of(e).failure().message());
        }
    }

    private Resent order(String channel, Order order, Outcome outcome) {
        if (newerWord(channel, order)) {
            return Resent.of(Outcome.SUPERSEDED);
        }
        if (outcome != Outcome.ALREADY_APPLIED || order.status() != Order.Status.OPEN) {
            return Resent.of(outcome);
        }
        Map<String, Long> now = new HashMap<>();
        for (Order.Line line : order.lines()) {
            now.merge(catalogue.resolve(channel, line.sku()).orElseThrow(), line.quantity(), Long::sum);
        }
        Map<String, Long> taken = new HashMap<>();
        Reservation reservation = queries.reservation(channel, order.orderRef()).orElseThrow();
        reservation.lines().forEach(line -> taken.merge(line.sku(), line.quantity(), Long::sum));
        return now.equals(taken) ? Resent.of(outcome) : new Resent("conflict", OTHER_LINES);
    }

    private boolean newerWord(String channel, Order order) {
        return jdbc.sql(
                        """
                        select exists (select 1 from order_version
                          where channel = ? and order_ref = ? and updated_at > ?)""")
                .params(channel, order.orderRef(), order.updatedAt().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    private Resent receipt(String partner, Receipt receipt, Outcome outcome) {
        Map<String, Long> taken = new HashMap<>();
        jdbc.sql(
                        """
                        select p.sku, sum(p.quantity)::bigint from idempotency k
                        join posting p using (movement_id) join account a on a.account_id = p.from_account
                        where k.key = ? and a.state = 'supplier' group by p.sku""")
                .param(ReceiptIntake.key(partner, receipt.receiptRef()))
                .query((row, n) -> taken.put(row.getString(1), row.getLong(2)))
                .list();
        if (taken.isEmpty()) {
            return Resent.of(outcome);
        }
        Map<String, Long> now = new HashMap<>();
        for (Receipt.Line line : receipt.lines()) {
            String sku = catalogue.resolve(partner, line.sku()).orElseThrow();
            Units units = Objects.requireNonNull(catalogue.units(List.of(sku)).get(sku));
            now.merge(sku, units.toBase(BigDecimal.valueOf(line.quantity()), line.unit()), Long::sum);
        }
        return now.equals(taken) ? Resent.alreadyApplied(null) : new Resent("conflict", OTHER_CONTENT);
    }
}
