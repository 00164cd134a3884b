package io.stockhub.app.console;

import io.stockhub.app.console.StockTable.View;
import io.stockhub.routes.Alerts;
import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.ChannelDesk.Health;
import io.stockhub.routes.ChannelDesk.Listing;
import io.stockhub.routes.DeadLetters;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockQueries.SkuTotals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the pages show, read from the front doors: once for everyone, and the table once per part that is looked at. */
final class ConsoleReads {
    private static final int PAGE_SIZE = 50;
    private static final int ALERTS_SHOWN = 10;

    private final StockQueries stock;
    private final ChannelDesk channels;
    private final DeadLetters deadLetters;
    private final LedgerWatch ledger;
    private final Alerts alerts;

    ConsoleReads(StockQueries stock, ChannelDesk channels, DeadLetters deadLetters, LedgerWatch ledger, Alerts alerts) {
        this.stock = stock;
        this.channels = channels;
        this.deadLetters = deadLetters;
        this.ledger = ledger;
        this.alerts = alerts;
    }

    /** What is wrong, with what to do. */
    record AlertLine(String tone, String title, String meaning, String action, String since) {
        static AlertLine of(Alerts.Alert alert) {
            return new AlertLine(
                    alert.severity() == Alerts.Severity.CRITICAL ? "bad" : "busy",
                    alert.words().title(),
                    alert.words().meaning(),
                    alert.words().action(),
                    "since " + Words.time(alert.since())
                            + (alert.acknowledgedBy() == null ? "" : ", seen by " + alert.acknowledgedBy()));
        }
    }

    /** The same for all visitors. */
    record Overview(
            LedgerWatch.State ledger,
            long deadLetters,
            List<AlertLine> alerts,
            List<ChannelCard> cards,
            List<String> channelIds) {}

    Overview overview() {
        List<Health> health = channels.health();
        return new Overview(
                ledger.state(),
                deadLetters.open(),
                alerts.list(true, null, ALERTS_SHOWN).stream()
                        .map(AlertLine::of)
                        .toList(),
                health.stream().map(ChannelCard::of).toList(),
                health.stream().map(Health::channel).toList());
    }

    StockTable table(View view, Overview overview) {
        List<SkuTotals> found = stock.list(view.after(), PAGE_SIZE + 1, view.query());
        List<String> skus = found.stream().limit(PAGE_SIZE).map(SkuTotals::sku).toList();
        List<Listing> listings = skus.isEmpty() ? List.of() : channels.listings(skus);
        return StockTable.of(view, overview.channelIds(), found, listings, PAGE_SIZE);
    }

    /** The variables of the page's templates. */
    static Map<String, Object> model(Overview overview, StockTable table) {
        Map<String, Object> model = new HashMap<>();
        model.put("ledger", overview.ledger());
        model.put("ledgerCheckedAt", Words.time(overview.ledger().checkedAt()));
        model.put("deadLetterCount", overview.deadLetters());
        model.put("alerts", overview.alerts());
        model.put("cards", overview.cards());
        model.put("table", table);
        return model;
    }
}
