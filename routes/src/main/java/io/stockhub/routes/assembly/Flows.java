package io.stockhub.routes.assembly;

import io.stockhub.connectors.Connectors;
import io.stockhub.connectors.Manifest;
import io.stockhub.mapping.Mappings;
import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.EdiDesk;
import io.stockhub.routes.Inbox;
import io.stockhub.routes.Oversells;
import io.stockhub.routes.Reconciliation;
import io.stockhub.routes.Replays;
import io.stockhub.routes.Undos;
import io.stockhub.routes.Webhooks;
import io.stockhub.routes.adjustments.AdjustmentIntake;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.ChannelStates;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.deadletter.Causes;
import io.stockhub.routes.deadletter.DeadLetterStore;
import io.stockhub.routes.deadletter.Stakes;
import io.stockhub.routes.edi.EdiReader;
import io.stockhub.routes.failure.Backoff;
import io.stockhub.routes.flow.CamelFlows;
import io.stockhub.routes.flow.MessageSteps;
import io.stockhub.routes.flow.StockOutSteps;
import io.stockhub.routes.inbox.InboxLife;
import io.stockhub.routes.inbox.InboxStore;
import io.stockhub.routes.interchange.EdiFolder;
import io.stockhub.routes.interchange.EdiIntake;
import io.stockhub.routes.orders.OrderIntake;
import io.stockhub.routes.orders.OrderPoller;
import io.stockhub.routes.orders.OrderVersions;
import io.stockhub.routes.orders.Watermarks;
import io.stockhub.routes.orders.WebhookDesk;
import io.stockhub.routes.oversell.OversellStories;
import io.stockhub.routes.pump.Pump;
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
import io.stockhub.routes.undo.UndoService;
import io.stockhub.routes.worker.InboxWorker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.support.PluginHelper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All flows of one hub, put together. {@link #start} begins the work once Camel runs; {@link #close} lets what is in hand
 * end and stops. What is not done is in the database and waits.
 */
public final class Flows implements AutoCloseable {
    private static final List<String> ROUTES =
            List.of("orders-in", "receipts-in", "adjustments-in", "stock-out", "edi-files");

    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    private final CamelContext camel;
    private final Channels channels;
    private final Connectors connectors;
    private final EdiSettings edi;
    private final InboxStore inbox;
    private final ListingStore listings;
    private final DeadLetterStore deadLetters;
    private final ChannelStates states;
    private final Watermarks watermarks;
    private final TransactionTemplate transaction;
    private final InboxWorker worker;
    private final AvailabilityPublisher publisher;
    private final Settling settling;
    private final Replanning replanning;
    private final Map<String, Dispatcher> dispatchers = new LinkedHashMap<>();
    private final Map<String, ReadBack> readBacks = new LinkedHashMap<>();
    private final ReplayService replays;
    private final UndoService undos;
    private final StockOutDesk desk;
    private final DriftDecisions decisions;
    private final WebhookDesk webhooks;
    private final EdiIntake ediDesk;
    private final EdiFolder ediFolder;
    private final JdbcClient jdbc;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Pump> pumps = new ConcurrentHashMap<>();

    /**
     * @param dataSource for what has to be on disk before anybody goes on
     * @param stockOut the same database, for what is done again when a crash of it undoes the last commits; whatever is
     *     committed on {@code dataSource} later takes them to the disk
     * @param inboxBackoff when a message that failed is tried again
     * @param breaker the state of a channel's breaker: {@code closed}, {@code open} or {@code half-open}
     * @param callsPerSecond at which a channel is told quantities now
     */
    public Flows(
            DataSource dataSource,
            DataSource stockOut,
            CamelContext camel,
            StockParts stock,
            Mappings mappings,
            Connectors connectors,
            Channels channels,
            EdiSettings edi,
            Backoff inboxBackoff,
            Function<Channel, String> breaker,
            ToDoubleFunction<Channel> callsPerSecond) {
        this.camel = camel;
        this.channels = channels;
        this.connectors = connectors;
        this.edi = edi;
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        inbox = new InboxStore(jdbc);
        Causes causes = new Causes(
                id -> channels.find(id)
                        .map(found -> found.account().connector())
                        .orElse(null),
                mappings);
        deadLetters = new DeadLetterStore(jdbc, causes, new Stakes(mappings));
        JdbcClient outJdbc = JdbcClient.create(stockOut);
        TransactionTemplate outTransaction = new TransactionTemplate(new JdbcTransactionManager(stockOut));
        listings = new ListingStore(outJdbc);
        ListingClaims claims = new ListingClaims(outJdbc);
        SliceStore slices = new SliceStore(outJdbc, channels);
        DividedSkus dividedSkus = new DividedSkus(outJdbc);
        DeadLetterStore refused = new DeadLetterStore(outJdbc, causes, null);
        states = new ChannelStates(outJdbc);
        watermarks = new Watermarks(outJdbc);
        CamelFlows flows = new CamelFlows(camel.createProducerTemplate());
        worker = new InboxWorker(inbox, deadLetters, flows, inboxBackoff, transaction);
        publisher = new AvailabilityPublisher(
                stock.changedSkus(),
                stock.catalogue(),
                channels,
                listings,
                new Division(stock.changedSkus(), slices, dividedSkus, states::paused),
                new JdbcTemplate(stockOut),
                outTransaction,
                this::wakeChannel);
        replanning =
                new Replanning(dividedSkus, stock.changedSkus(), new JdbcTemplate(stockOut), () -> wake("publisher"));
        settling = new Settling(
                channels,
                slices,
                inbox,
                watermarks,
                outTransaction,
                replanning::plan,
                channel -> wake("orders-" + channel));
        DriftStore drifts = new DriftStore(outJdbc);
        decisions = new DriftDecisions(outJdbc, drifts, channels, outTransaction, replanning::changed);
        ReadBackParts reading = new ReadBackParts(
                connectors, outJdbc, slices, drifts, refused, states, outTransaction, breaker, replanning::plan);
        ResultRecorder recorder = new ResultRecorder(
                listings, drifts, refused, states, outTransaction, watermarks::now, replanning::plan);
        for (Channel channel : channels.all()) {
            dispatchers.put(
                    channel.id(),
                    new Dispatcher(
                            channel,
                            claims,
                            recorder,
                            flows,
                            calls,
                            () -> wakeChannel(channel.id()),
                            System::nanoTime));
            if (channel.manifest().action(Manifest.READ_QUANTITIES).isPresent()) {
                readBacks.put(channel.id(), reading.of(channel, () -> wakeChannel(channel.id())));
            }
        }
        Resending resending = new Resending(jdbc, transaction, inbox, worker, listings, dispatchers);
        Preview preview = new Preview(jdbc, inbox, flows, mappings, stock.queries(), stock.catalogue(), listings);
        replays = new ReplayService(
                jdbc,
                transaction,
                deadLetters,
                inbox,
                resending,
                preview,
                stock.catalogue(),
                ReplayService.BATCH,
                () -> wake("replay"));
        undos = new UndoService(jdbc, transaction, stock.master(), mappings, () -> wake("undo"));
        desk = new StockOutDesk(
                channels,
                listings,
                slices,
                dividedSkus,
                new Incidents(outJdbc),
                drifts,
                states,
                stock.availability(),
                jdbc,
                breaker,
                callsPerSecond,
                this::wakeChannel);
        webhooks = new WebhookDesk(channels, connectors, inbox, () -> wake("inbox"));
        ediDesk = new EdiIntake(
                new EdiReader(edi.partners(), Clock.systemUTC()),
                edi.senders(),
                jdbc,
                inbox,
                deadLetters,
                transaction,
                watermarks::now,
                () -> wake("inbox"));
        ediFolder = new EdiFolder(ediDesk, deadLetters, edi.out(), edi.bytesMax(), watermarks::now);
        OwnSales ownSales = new OwnSales(channels, listings, states, replanning::changed);
        OrderIntake orders = new OrderIntake(
                stock.master(), stock.queries(), stock.catalogue(), new OrderVersions(outJdbc), ownSales);
        bindSteps(
                new MessageSteps(
                        mappings, orders, new ReceiptIntake(stock.master(), stock.queries(), stock.catalogue())),
                new StockOutSteps(new StockOut(connectors, listings, recorder)),
                MessageSteps.takeAdjustment(new AdjustmentIntake(stock.master(), stock.catalogue())));
    }

    private void bindSteps(MessageSteps messages, StockOutSteps stockOut, Processor takeAdjustment) {
        camel.getRegistry().bind("mapIn", messages.mapIn());
        camel.getRegistry().bind("takeOrder", messages.takeOrder());
        camel.getRegistry().bind("takeReceipt", messages.takeReceipt());
        camel.getRegistry().bind("takeAdjustment", takeAdjustment);
        camel.getRegistry().bind("lookAtListings", stockOut.look());
        camel.getRegistry().bind("sendQuantities", stockOut.send());
        camel.getRegistry().bind("recordResults", stockOut.record());
        camel.getRegistry().bind("takeEdiFile", (Processor) exchange -> ediFolder.take(
                exchange.getMessage().getMandatoryBody(File.class).toPath()));
    }

    /** Loads the routes into Camel and starts the work. Camel must be started. */
    public void start() throws Exception {
        for (String route : ROUTES) {
            if (route.equals("edi-files") && !edi.watch()) {
                continue;
            }
            if (route.equals("edi-files")) {
                prepareFolders();
            }
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(PluginHelper.getResourceLoader(camel)
                            .resolveResource("classpath:stockhub/flows/" + route + ".camel.yaml"));
        }
        publisher.settingsMayHaveChanged(states);
        replanning.all();
        pumps.put("inbox", Pump.start("inbox", worker::step));
        pumps.put("publisher", Pump.start("publisher", publisher::step));
        pumps.put("replanning", Pump.start("replanning", replanning::step));
        pumps.put("settling", Pump.start("settling", settling::step));
        pumps.put("replay", Pump.start("replay", replays::step));
        pumps.put("undo", Pump.start("undo", undos::step));
        readBacks.forEach((channel, readBack) ->
                pumps.put("read-back-" + channel, Pump.start("read-back-" + channel, readBack::step)));
        for (Channel channel : channels.all()) {
            Dispatcher dispatcher = dispatchers.get(channel.id());
            pumps.put("channel-" + channel.id(), Pump.start("channel-" + channel.id(), dispatcher::step));
            if (channel.pollsOrders()) {
                OrderPoller poller = new OrderPoller(
                        channel,
                        connectors,
                        inbox,
                        watermarks,
                        states,
                        transaction,
                        () -> wake("inbox"),
                        until -> settling.read(channel.id(), until));
                pumps.put("orders-" + channel.id(), Pump.start("orders-" + channel.id(), poller::step));
            }
        }
    }

    private void prepareFolders() throws IOException {
        Files.createDirectories(edi.in());
        Files.createDirectories(edi.out());
        camel.getPropertiesComponent()
                .addOverrideProperty(
                        "stockhub.edi.in", edi.in().toAbsolutePath().toString());
    }

    /** The stock master committed something. */
    public void stockChanged() {
        wake("publisher");
    }

    private void wakeChannel(String channel) {
        wake("channel-" + channel);
    }

    private void wake(String pump) {
        Pump woken = pumps.get(pump);
        if (woken != null) {
            woken.wake();
        }
    }

    public Oversells oversells() {
        return new OversellStories(jdbc);
    }

    public Webhooks webhooks() {
        return webhooks;
    }

    public EdiDesk ediDesk() {
        return ediDesk;
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    public Replays replays() {
        return replays;
    }

    public Undos undos() {
        return undos;
    }

    public Inbox inbox() {
        return new InboxLife(jdbc);
    }

    public ChannelDesk channelDesk() {
        return desk;
    }

    public Reconciliation reconciliation() {
        return decisions;
    }

    @Override
    public void close() {
        List<Pump> running = new ArrayList<>(pumps.values());
        pumps.clear();
        running.forEach(Pump::stop);
        running.forEach(Pump::close);
        calls.shutdown();
        try {
            if (!calls.awaitTermination(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                calls.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
