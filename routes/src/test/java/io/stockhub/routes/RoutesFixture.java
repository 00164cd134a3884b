package io.stockhub.routes;

import io.stockhub.routes.adjustments.AdjustmentIntake;
import io.stockhub.routes.assembly.ReadBackParts;
import io.stockhub.routes.assembly.StockParts;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.ChannelStates;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.deadletter.Causes;
import io.stockhub.routes.deadletter.DeadLetterStore;
import io.stockhub.routes.deadletter.Stakes;
import io.stockhub.routes.failure.Backoff;
import io.stockhub.routes.flow.CamelFlows;
import io.stockhub.routes.flow.MessageSteps;
import io.stockhub.routes.flow.StockOutSteps;
import io.stockhub.routes.inbox.InboxMessage;
import io.stockhub.routes.inbox.InboxStore;
import io.stockhub.routes.orders.OrderIntake;
import io.stockhub.routes.orders.OrderPoller;
import io.stockhub.routes.orders.OrderVersions;
import io.stockhub.routes.orders.Watermarks;
import io.stockhub.routes.orders.WebhookDesk;
import io.stockhub.routes.receipts.ReceiptIntake;
import io.stockhub.routes.reconcile.Incidents;
import io.stockhub.routes.replay.Preview;
import io.stockhub.routes.replay.ReplayService;
import io.stockhub.routes.replay.Resending;
import io.stockhub.routes.stockout.AvailabilityPublisher;
import io.stockhub.routes.stockout.Dispatcher;
import io.stockhub.routes.stockout.DividedSkus;
import io.stockhub.routes.stockout.Division;
import io.stockhub.routes.stockout.DriftDecisions;
import io.stockhub.routes.stockout.DriftStore;
import io.stockhub.routes.stockout.ListingClaims;
import io.stockhub.routes.stockout.ListingStore;
import io.stockhub.routes.stockout.OwnSales;
import io.stockhub.routes.stockout.ReadBack;
import io.stockhub.routes.stockout.Replanning;
import io.stockhub.routes.stockout.ResultRecorder;
import io.stockhub.routes.stockout.Settling;
import io.stockhub.routes.stockout.SliceStore;
import io.stockhub.routes.stockout.StockOut;
import io.stockhub.routes.stockout.StockOutDesk;
import io.stockhub.routes.worker.InboxWorker;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.availability.RulesDesk;
import io.stockhub.stock.jdbc.JdbcAvailability;
import io.stockhub.stock.jdbc.JdbcCatalogue;
import io.stockhub.stock.jdbc.JdbcChangedSkus;
import io.stockhub.stock.jdbc.JdbcExpectedStock;
import io.stockhub.stock.jdbc.JdbcRules;
import io.stockhub.stock.jdbc.JdbcStockMaster;
import io.stockhub.stock.jdbc.JdbcStockQueries;
import io.stockhub.stock.jdbc.RuleBook;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One hub, put together as {@code Flows} does, but moved step by step by the test. */
final class RoutesFixture implements AutoCloseable {
    static final Backoff INBOX = new Backoff(Duration.ofHours(1), Duration.ofDays(7), 3);

    final FaultyDataSource dataSource;
    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final StockParts stock;
    final RulesDesk rules;
    final ScriptedMappings mappings = new ScriptedMappings();
    final ScriptedConnectors connectors = new ScriptedConnectors();
    final DefaultCamelContext camel = new DefaultCamelContext();
    final Channel channel;
    final Channels channels;
    final InboxStore inbox;
    final ListingStore listings;
    final DeadLetterStore deadLetters;
    final ChannelStates states;
    final Watermarks watermarks;
    final InboxWorker worker;
    final AvailabilityPublisher publisher;
    private final AtomicLong later = new AtomicLong();
    private final Function<Executor, Dispatcher> dispatchers;
    final Dispatcher dispatcher;
    /** That of another hub on the same database. */
    final Dispatcher elsewhere;

    final Settling settling;
    final Replanning replanning;
    /** The state of the channel's breaker. */
    volatile String breaker = "closed";

    final ReadBack readBack;
    final DriftDecisions decisions;
    final OrderPoller poller;
    final Resending resending;
    final Preview preview;
    final ReplayService replays;
    final WebhookDesk webhooks;
    final StockOutDesk desk;

    RoutesFixture() {
        this(TestChannel.plain());
    }

    RoutesFixture(TestChannel shop) {
        this(shop, TestDatabase.emptied());
        stock.catalogue().put(new Catalogue.Location("NORTH", "North", "warehouse", null, null, null, 1));
        stock.catalogue().put(new Catalogue.Location("SOUTH", "South", "warehouse", null, null, null, 2));
    }

    /** Another hub, or the same one after a restart. */
    RoutesFixture(TestChannel shop, DataSource database) {
        dataSource = new FaultyDataSource(database);
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        channel = shop.channel();
        RuleBook book = new RuleBook(List.of(channel.rule()));
        stock = new StockParts(
                new JdbcStockMaster(database, () -> {}),
                new JdbcStockQueries(database),
                new JdbcCatalogue(database),
                new JdbcChangedSkus(book),
                new JdbcAvailability(database, book, new JdbcExpectedStock(), Clock.systemUTC()));
        rules = new JdbcRules(database, book, Set.of(), () -> {});
        channels = new Channels(List.of(channel));
        connectors.batchSize(shop.batchSize());
        inbox = new InboxStore(jdbc);
        listings = new ListingStore(jdbc);
        SliceStore slices = new SliceStore(jdbc, channels);
        DividedSkus dividedSkus = new DividedSkus(jdbc);
        deadLetters = new DeadLetterStore(
                jdbc,
                new Causes(
                        id -> channels.find(id)
                                .map(found -> found.account().connector())
                                .orElse(null),
                        mappings),
                new Stakes(mappings));
        states = new ChannelStates(jdbc);
        watermarks = new Watermarks(jdbc);
        CamelFlows flows = new CamelFlows(camel.createProducerTemplate());
        worker = new InboxWorker(inbox, deadLetters, flows, INBOX, transaction);
        publisher = new AvailabilityPublisher(
                stock.changedSkus(),
                stock.catalogue(),
                channels,
                listings,
                new Division(stock.changedSkus(), slices, dividedSkus, states::paused),
                new JdbcTemplate(dataSource),
                transaction,
                id -> {});
        replanning = new Replanning(dividedSkus, stock.changedSkus(), new JdbcTemplate(dataSource), () -> {});
        settling = new Settling(channels, slices, inbox, watermarks, transaction, replanning::plan, id -> {});
        DriftStore drifts = new DriftStore(jdbc);
        ResultRecorder recorder = new ResultRecorder(
                listings, drifts, deadLetters, states, transaction, watermarks::now, replanning::plan);
        dispatchers = calls -> new Dispatcher(
                channel,
                new ListingClaims(jdbc),
                recorder,
                flows,
                calls,
                () -> {},
                () -> System.nanoTime() + later.get());
        dispatcher = dispatcher(Runnable::run);
        elsewhere = dispatcher(Runnable::run);
        readBack = new ReadBackParts(
                        connectors,
                        jdbc,
                        slices,
                        drifts,
                        deadLetters,
                        states,
                        transaction,
                        any -> breaker,
                        replanning::plan)
                .of(channel, () -> {});
        poller = new OrderPoller(
                channel,
                connectors,
                inbox,
                watermarks,
                states,
                transaction,
                () -> {},
                until -> settling.read(channel.id(), until));
        resending = new Resending(jdbc, transaction, inbox, worker, listings, Map.of("shop", dispatcher));
        preview = new Preview(jdbc, inbox, flows, mappings, stock.queries(), stock.catalogue(), listings);
        replays = replays();
        webhooks = new WebhookDesk(channels, connectors, inbox, () -> {});
        decisions = new DriftDecisions(jdbc, drifts, channels, transaction, replanning::changed);
        desk = new StockOutDesk(
                channels,
                listings,
                slices,
                dividedSkus,
                new Incidents(jdbc),
                drifts,
                states,
                stock.availability(),
                jdbc,
                any -> "closed",
                any -> 1,
                id -> {});
        OwnSales ownSales = new OwnSales(channels, listings, states, replanning::changed);
        OrderIntake orders =
                new OrderIntake(stock.master(), stock.queries(), stock.catalogue(), new OrderVersions(jdbc), ownSales);
        startCamel(
                new MessageSteps(
                        mappings, orders, new ReceiptIntake(stock.master(), stock.queries(), stock.catalogue())),
                new StockOutSteps(new StockOut(connectors, listings, recorder)));
    }

    private void startCamel(MessageSteps messages, StockOutSteps stockOut) {
        camel.getRegistry().bind("mapIn", messages.mapIn());
        camel.getRegistry().bind("takeOrder", messages.takeOrder());
        camel.getRegistry().bind("takeReceipt", messages.takeReceipt());
        camel.getRegistry()
                .bind(
                        "takeAdjustment",
                        MessageSteps.takeAdjustment(new AdjustmentIntake(stock.master(), stock.catalogue())));
        camel.getRegistry().bind("lookAtListings", stockOut.look());
        camel.getRegistry().bind("sendQuantities", stockOut.send());
        camel.getRegistry().bind("recordResults", stockOut.record());
        camel.getShutdownStrategy().setTimeout(1);
        camel.start();
        for (String route : List.of("orders-in", "receipts-in", "adjustments-in", "stock-out")) {
            try {
                PluginHelper.getRoutesLoader(camel)
                        .loadRoutes(PluginHelper.getResourceLoader(camel)
                                .resolveResource("classpath:stockhub/flows/" + route + ".camel.yaml"));
            } catch (Exception e) {
                throw new IllegalStateException(route, e);
            }
        }
    }

    /** One that starts its calls with {@code calls}; the others make them themselves, and a step ends with their results. */
    Dispatcher dispatcher(Executor calls) {
        return dispatchers.apply(calls);
    }

    /** A replay service as it is after a restart. */
    ReplayService replays() {
        return replays(ReplayService.BATCH);
    }

    /** One that has so many messages in hand at once. */
    ReplayService replays(int batch) {
        return new ReplayService(
                jdbc, transaction, deadLetters, inbox, resending, preview, stock.catalogue(), batch, () -> {});
    }

    void sku(String sku, String... namesAtShop) {
        stock.catalogue()
                .put(Catalogue.Sku.builder(sku, "Title of " + sku)
                        .alias("shop", namesAtShop)
                        .build());
    }

    /** Stock in NORTH, made to be exactly this. */
    void stock(String sku, long quantity) {
        long change = quantity - available(sku);
        if (change != 0) {
            stock.master()
                    .execute(new Command.Move(
                            MovementKind.ADJUSTMENT,
                            "NORTH",
                            "COUNT-1",
                            null,
                            null,
                            "tester",
                            null,
                            List.of(new Command.Line(sku, change))));
        }
    }

    /** A SKU with stock whose number the channel accepted already. */
    void listed(String sku, long quantity) {
        sku(sku);
        stock(sku, quantity);
        publish();
        connectors.shows.putIfAbsent(sku, 0L);
        dispatcher.step();
        connectors.told.clear();
        connectors.read.clear();
    }

    long available(String sku) {
        return stock.queries()
                .available(List.of(sku))
                .getOrDefault(sku, Map.of())
                .getOrDefault("NORTH", 0L);
    }

    Reservation reservation(String orderRef) {
        return stock.queries().reservation("shop", orderRef).orElseThrow();
    }

    /** Works out the numbers of everything that changed. */
    void publish() {
        while (publisher.step().isZero()) {}
    }

    /** Handles all that is due in the inbox. */
    void work() {
        while (worker.step().isZero()) {}
    }

    /** Pauses and leases are over. */
    void later() {
        later.addAndGet(Duration.ofDays(1).toNanos());
        jdbc.sql("update inbox set next_attempt_at = now(), claimed_until = now() - interval '1 second'"
                        + " where state in ('received', 'retrying', 'running')")
                .update();
        jdbc.sql("update listing set next_attempt_at = now(), claimed_until = null, mismatch_since = mismatch_since"
                        + " - interval '1 millisecond' * ?")
                .param(TestChannel.SETTLE.toMillis())
                .update();
    }

    static InboxMessage message(String id, String lane, String payload) {
        return new InboxMessage(
                InboxMessage.Flow.ORDERS_IN,
                "shop",
                id,
                lane,
                "acme/order",
                "application/json",
                payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts an order into the inbox, in the lane of the order. */
    void arrives(String messageId, CanonicalOrder order) {
        inbox.add(message(messageId, order.orderRef(), order.json()));
    }

    String text(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(String.class).optional().orElse("nothing");
    }

    long number(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(Long.class).optional().orElse(-1L);
    }

    /** State and outcome of each message, in the order in which they came. */
    List<String> states() {
        return jdbc.sql("select state || coalesce(' ' || outcome, '') from inbox order by inbox_id")
                .query(String.class)
                .list();
    }

    List<DeadLetters.DeadLetter> openLetters() {
        return deadLetters.list(DeadLetters.Filter.OPEN, null, 100);
    }

    DeadLetters.DeadLetter onlyLetter() {
        List<DeadLetters.DeadLetter> open = openLetters();
        if (open.size() != 1) {
            throw new AssertionError("expected one open dead letter: " + open);
        }
        return open.getFirst();
    }

    ChannelDesk.Listing listing(String sku) {
        return desk.listings(sku).getFirst();
    }

    @Override
    public void close() {
        camel.stop();
        stock.master().close();
    }
}
