package io.stockhub.routes.assembly;

import io.stockhub.routes.events.EventFeed;
import io.stockhub.routes.events.EventFeeder;
import io.stockhub.routes.events.EventPublisher;
import io.stockhub.routes.events.EventSink;
import io.stockhub.routes.pump.Pump;
import io.stockhub.stock.StockQueries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The feed of events and those to whom this hub sends it. */
public final class EventFlows implements AutoCloseable {
    private static final int BATCH = 200;

    /** Longer than a sink may take for a batch. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final EventFeed feed;
    private final EventFeeder feeder;
    private final Map<String, EventPublisher> publishers = new LinkedHashMap<>();
    private final List<Pump> pumps = new ArrayList<>();
    private volatile List<Pump> sending = List.of();

    /** @param retention how long events are kept once everybody has them */
    public EventFlows(DataSource dataSource, StockQueries queries, Duration retention) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        feed = new EventFeed(jdbc);
        feeder = new EventFeeder(
                jdbc,
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                queries,
                retention,
                () -> sending.forEach(Pump::wake));
    }

    /** Adds somebody who gets every event, from its first start on. Before {@link #start}. */
    public void consumer(String name, EventSink sink) {
        publishers.put(name, new EventPublisher(feed, name, sink, BATCH, LEASE));
    }

    public EventFeed feed() {
        return feed;
    }

    /** Begins the work; the database must be there. */
    public void start() {
        publishers.keySet().forEach(feed::register);
        List<Pump> started = new ArrayList<>();
        publishers.forEach((name, publisher) -> started.add(Pump.start("events-" + name, publisher::step)));
        sending = List.copyOf(started);
        pumps.addAll(started);
        pumps.add(Pump.start("events", feeder::step));
    }

    @Override
    public void close() {
        pumps.forEach(Pump::stop);
        pumps.forEach(Pump::close);
        pumps.clear();
        publishers.values().forEach(EventPublisher::release);
    }
}
