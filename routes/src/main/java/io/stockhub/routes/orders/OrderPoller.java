package io.stockhub.routes.orders;

import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Connectors;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.OrdersPage;
import io.stockhub.connectors.RawOrder;
import io.stockhub.connectors.Timing;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.ChannelStates;
import io.stockhub.routes.failure.Backoff;
import io.stockhub.routes.inbox.InboxMessage;
import io.stockhub.routes.inbox.InboxStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the orders of one channel into the inbox. It cannot skip or lose one:
 *
 * <ul>
 *   <li>the upper bound is taken before the call, by the database's clock, and the watermark never passes it;
 *   <li>each reading starts {@code lookBack} before the watermark, and the inbox knows each version of each order by its
 *       content, so that reading twice costs nothing;
 *   <li>the watermark moves only after the last page is stored; a page that fails leaves it where it was. One that only
 *       has to wait, because the channel takes no more calls now, is asked for again: a channel whose pages are small and
 *       dear is read to the end all the same.
 * </ul>
 */
public final class OrderPoller {
    private static final Logger LOG = LoggerFactory.getLogger(OrderPoller.class);
    private static final int PAGES_MAX = 10_000;
    /** After a longer pause a reading begins anew: pages shift while orders change. */
    private static final Duration HELD_MAX = Duration.ofMinutes(5);

    private final Channel channel;
    private final Connectors connectors;
    private final InboxStore inbox;
    private final Watermarks watermarks;
    private final ChannelStates states;
    private final TransactionTemplate transaction;
    private final Runnable afterStore;
    private final Consumer<Instant> allRead;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private int failures;
    private @Nullable Reading held;

    /** A reading under way: its span, the cursors that were given, the next page, and the furthest order so far. */
    private static final class Reading {
        private final Instant since;
        private final Instant until;
        private final Set<String> cursors = new HashSet<>();
        private int pages;
        private @Nullable String cursor;
        private Watermarks.Position last;

        Reading(Watermarks.Position start, Instant since, Instant until) {
            this.since = since;
            this.until = until;
            this.last = start;
        }
    }

    /**
     * @param afterStore called when orders were stored
     * @param allRead told up to when all orders are stored
     */
    public OrderPoller(
            Channel channel,
            Connectors connectors,
            InboxStore inbox,
            Watermarks watermarks,
            ChannelStates states,
            TransactionTemplate transaction,
            Runnable afterStore,
            Consumer<Instant> allRead) {
        this.channel = channel;
        this.connectors = connectors;
        this.inbox = inbox;
        this.watermarks = watermarks;
        this.states = states;
        this.transaction = transaction;
        this.afterStore = afterStore;
        this.allRead = allRead;
    }

    /** One step of the pump: one reading, from the watermark to now. */
    public Duration step() {
        Timing timing = channel.account().timing();
        Reading reading = held == null ? begin(timing) : held;
        held = null;
        try {
            read(reading);
            if (failures > 0) {
                states.ordersRead(channel.id());
            }
            failures = 0;
            return timing.pollInterval();
        } catch (CallFailure e) {
            failures++;
            if (e.failure().kind() == Failure.Kind.SETTINGS) {
                states.refused(channel.id(), e.failure());
            } else {
                states.failed(channel.id(), e.failure());
            }
            LOG.info("Orders of {} could not be read: {}", channel.id(), e.getMessage());
            Duration pause = pause(e.failure(), timing);
            held = e.failure().kind() == Failure.Kind.THROTTLED && pause.compareTo(HELD_MAX) <= 0 ? reading : null;
            return pause;
        }
    }

    private Duration pause(Failure failure, Timing timing) {
        Backoff backoff = new Backoff(timing.pollInterval(), Duration.ofMinutes(5), Integer.MAX_VALUE);
        return backoff.pause(failures, failure.retryAfter(), random);
    }

    private Reading begin(Timing timing) {
        Instant until = watermarks.now().minus(timing.safetyLag());
        Watermarks.Position start = watermarks.find(channel.id()).orElse(null);
        if (start == null) {
            // From now on: a first reading must not turn months of old orders into reservations.
            start = new Watermarks.Position(until, "");
            watermarks.begin(channel.id(), start);
        }
        return new Reading(start, start.readUntil().minus(timing.lookBack()), until);
    }

    private void read(Reading reading) {
        while (reading.pages < PAGES_MAX) {
            OrdersPage orders = connectors.ordersPage(
                    channel.account(),
                    reading.since,
                    reading.until,
                    reading.cursor,
                    channel.manifest().limits().ordersPerPage());
            reading.pages++;
            reading.last = store(orders, reading.last, reading.until);
            reading.cursor = orders.next();
            if (reading.cursor == null) {
                watermarks.advance(channel.id(), reading.last);
                watermarks.asked(channel.id(), reading.until);
                allRead.accept(reading.until);
                return;
            }
            if (!reading.cursors.add(reading.cursor)) {
                throw loop(reading.cursor);
            }
        }
        throw loop(null);
    }

    private static CallFailure loop(@Nullable String cursor) {
        String what = cursor == null ? "more than " + PAGES_MAX + " pages" : "the same cursor twice";
        return new CallFailure(new Failure(
                Failure.Kind.TRANSIENT,
                Failure.Stage.RECEIVE,
                "channel.page_loop",
                "The channel gave " + what + "; the reading starts again.",
                null));
    }

    private Watermarks.Position store(OrdersPage page, Watermarks.Position last, Instant until) {
        boolean anyNew = Boolean.TRUE.equals(transaction.execute(status -> {
            boolean added = false;
            for (RawOrder order : page.orders()) {
                added |= inbox.add(message(order));
            }
            return added;
        }));
        if (anyNew) {
            afterStore.run();
        }
        Watermarks.Position furthest = last;
        for (RawOrder order : page.orders()) {
            Instant at = order.updatedAt().isAfter(until) ? until : order.updatedAt();
            boolean further = at.isAfter(furthest.readUntil())
                    || at.equals(furthest.readUntil()) && order.id().compareTo(furthest.orderId()) > 0;
            furthest = further ? new Watermarks.Position(at, order.id()) : furthest;
        }
        return furthest;
    }

    private InboxMessage message(RawOrder order) {
        byte[] payload = order.json().getBytes(StandardCharsets.UTF_8);
        return new InboxMessage(
                InboxMessage.Flow.ORDERS_IN,
                channel.id(),
                order.id() + "@" + InboxStore.fingerprint(payload),
                order.id(),
                channel.account().connector() + "/order",
                "application/json",
                payload);
    }
}
