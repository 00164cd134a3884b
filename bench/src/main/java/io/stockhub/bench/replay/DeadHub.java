package io.stockhub.bench.replay;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockhub.connectors.Failure;
import io.stockhub.mapping.MappingRef;
import io.stockhub.mapping.Mappings;
import io.stockhub.mapping.canonical.Order;
import io.stockhub.postgres.EmbeddedPostgres;
import io.stockhub.routes.deadletter.Causes;
import io.stockhub.routes.deadletter.DeadLetterStore;
import io.stockhub.routes.deadletter.Stakes;
import io.stockhub.routes.failure.Backoff;
import io.stockhub.routes.failure.FlowFailure;
import io.stockhub.routes.inbox.InboxFlows;
import io.stockhub.routes.inbox.InboxMessage;
import io.stockhub.routes.inbox.InboxStore;
import io.stockhub.routes.inbox.Outcome;
import io.stockhub.routes.orders.OrderIntake;
import io.stockhub.routes.orders.OrderVersions;
import io.stockhub.routes.replay.Preview;
import io.stockhub.routes.replay.ReplayService;
import io.stockhub.routes.replay.Resending;
import io.stockhub.routes.stockout.ListingStore;
import io.stockhub.routes.worker.InboxWorker;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.jdbc.JdbcCatalogue;
import io.stockhub.stock.jdbc.JdbcStockMaster;
import io.stockhub.stock.jdbc.JdbcStockQueries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A hub as far as dead letters need it: inbox, ledger, dead letters and replay, put together as the product does, without
 * channels. Orders come in the canonical form, so that no mapping is in the figures; without Camel around each.
 */
final class DeadHub implements AutoCloseable {
    static final String CHANNEL = "shop";
    /** Hands its input on. */
    static final String PLAIN = "bench/order";

    final JdbcClient jdbc;
    final Mappings mappings = new WithPlain(Mappings.load(List.of("classpath:mappings")));
    final InboxStore inbox;
    final DeadLetterStore deadLetters;
    final InboxWorker worker;
    final ReplayService replays;
    final Catalogue catalogue;
    final StockQueries queries;
    private final HikariDataSource pool;
    private final JdbcStockMaster master;
    private final OrderIntake orders;

    DeadHub(EmbeddedPostgres postgres, String database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.jdbcUrl(database));
        config.setUsername(postgres.user());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(20);
        pool = new HikariDataSource(config);
        Flyway.configure().dataSource(pool).load().migrate();
        jdbc = JdbcClient.create(pool);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        master = new JdbcStockMaster(pool, () -> {});
        catalogue = new JdbcCatalogue(pool);
        queries = new JdbcStockQueries(pool);
        inbox = new InboxStore(jdbc);
        deadLetters = new DeadLetterStore(jdbc, new Causes(id -> "bench", mappings), new Stakes(mappings));
        orders = new OrderIntake(master, queries, catalogue, new OrderVersions(jdbc), (channel, taken) -> {});
        InboxFlows flows = new Flows();
        worker = new InboxWorker(
                inbox, deadLetters, flows, new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 1), transaction);
        ListingStore listings = new ListingStore(jdbc);
        replays = new ReplayService(
                jdbc,
                transaction,
                deadLetters,
                inbox,
                new Resending(jdbc, transaction, inbox, worker, listings, Map.of()),
                new Preview(jdbc, inbox, flows, mappings, queries, catalogue, listings),
                catalogue,
                ReplayService.BATCH,
                () -> {});
        catalogue.put(new Catalogue.Location("MAIN", "Main warehouse", "warehouse", "ID", null, null, 1));
    }

    private final class Flows implements InboxFlows {
        @Override
        public Outcome handle(InboxMessage message) {
            return orders.take(message.source(), order(message));
        }

        @Override
        public Outcome preview(InboxMessage message) {
            return orders.preview(message.source(), order(message));
        }

        /** As the step of the product's route does it. */
        private Order order(InboxMessage message) {
            String document = mappings.apply(message.mapping(), new String(message.payload(), StandardCharsets.UTF_8));
            try {
                return Order.parse(document);
            } catch (IllegalArgumentException e) {
                String what = String.valueOf(e.getMessage());
                throw new FlowFailure(
                        new Failure(Failure.Kind.POISON, Failure.Stage.VALIDATE, "validate.field", what, null),
                        null,
                        null);
            }
        }
    }

    private record WithPlain(Mappings real) implements Mappings {
        @Override
        public String apply(String name, String inputJson) {
            return name.equals(PLAIN) ? inputJson : real.apply(name, inputJson);
        }

        @Override
        public boolean exists(String name) {
            return name.equals(PLAIN) || real.exists(name);
        }

        @Override
        public MappingRef ref(String name) {
            return name.equals(PLAIN) ? new MappingRef(PLAIN, "0") : real.ref(name);
        }

        @Override
        public Set<String> names() {
            return real.names();
        }
    }

    /** A SKU with stock. */
    void sku(String sku, long units) {
        catalogue.put(Catalogue.Sku.of(sku, "Title of " + sku));
        master.execute(new Command.Move(
                MovementKind.ADJUSTMENT,
                "MAIN",
                "COUNT-1",
                null,
                null,
                "bench",
                null,
                List.of(new Command.Line(sku, units))));
    }

    static String order(String orderRef, String sku, long quantity) {
        return """
                {"orderRef":"%s","status":"open","placedAt":"2026-03-14T10:00:00Z","updatedAt":"2026-03-14T10:00:00Z",\
                "shipTo":{"country":"DE"},"lines":[{"lineRef":"1","sku":"%s","quantity":%d}]}"""
                .formatted(orderRef, sku, quantity);
    }

    void arrives(String messageId, String lane, String mapping, String payload) {
        inbox.add(new InboxMessage(
                InboxMessage.Flow.ORDERS_IN,
                CHANNEL,
                messageId,
                lane,
                mapping,
                "application/json",
                payload.getBytes(StandardCharsets.UTF_8)));
    }

    void work() {
        while (worker.step().isZero()) {}
    }

    /** Lets the job come to its end and says how long that took, in seconds. */
    double drain() {
        long began = System.nanoTime();
        while (replays.step().isZero()) {}
        return (System.nanoTime() - began) / 1e9;
    }

    long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    void empty() {
        jdbc.sql("truncate inbox, dead_letter, replay, replay_item, dead_letter_fix, order_version restart identity")
                .update();
    }

    @Override
    public void close() {
        master.close();
        pool.close();
    }
}
