package io.stockhub.routes.alerts;

import io.stockhub.routes.ChannelDesk;
import io.stockhub.stock.StockQueries;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is too dear to find out at every look: one hub does, and writes it down for all. */
final class SlowFacts {
    private static final int PAGE = 1_000;

    private final JdbcClient jdbc;
    private final ChannelDesk channels;
    private final StockQueries stock;
    private final Turn exposure;
    private final Turn ledger;

    SlowFacts(JdbcClient jdbc, ChannelDesk channels, StockQueries stock, Turn exposure, Turn ledger) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.stock = stock;
        this.exposure = exposure;
        this.ledger = ledger;
    }

    /** One step of the pump: how many units could be oversold now. */
    Duration exposure() {
        return exposure.take(
                this::exposed, found -> "{\"units\": %d, \"divided\": %d}".formatted(found.units(), found.divided()));
    }

    /** One step of the pump: whether the ledger is as it was written. */
    Duration ledger() {
        return ledger.take(
                () -> stock.verify(StockQueries.VerifyMode.INCREMENTAL).passes(),
                holds -> "{\"holds\": %s}".formatted(holds));
    }

    /** Every SKU that some channel lists, a thousand at a time. */
    Facts.Exposure exposed() {
        long units = 0;
        long divided = 0;
        List<String> skus = page("");
        while (!skus.isEmpty()) {
            for (ChannelDesk.Exposure one : channels.exposure(skus)) {
                units += one.worst();
                divided += one.divided() ? one.worst() : 0;
            }
            skus = page(skus.getLast());
        }
        return new Facts.Exposure(units, divided);
    }

    private List<String> page(String after) {
        return jdbc.sql("select distinct sku from listing where sku > ? order by sku limit ?")
                .params(after, PAGE)
                .query(String.class)
                .list();
    }
}
