package io.stockhub.routes.stockout;

import io.stockhub.connectors.Failure;
import io.stockhub.connectors.ListedQuantity;
import io.stockhub.routes.ChannelDesk.Drift.Cause;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.ChannelStates;
import io.stockhub.routes.deadletter.DeadLetterStore;
import io.stockhub.routes.pump.Gathering;
import io.stockhub.routes.reconcile.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down what became of updates: confirmed, to be tried again, or refused and in the dead letters. */
public final class ResultRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(ResultRecorder.class);

    private final ListingStore listings;
    private final DriftStore drifts;
    private final DeadLetterStore deadLetters;
    private final ChannelStates states;
    private final TransactionTemplate transaction;
    private final Supplier<Instant> now;
    private final Consumer<Collection<String>> replan;
    private final Map<String, Gathering<Due>> confirmations = new ConcurrentHashMap<>();
    private final RandomGenerator random = RandomGenerator.getDefault();

    /**
     * @param now the database's time
     * @param replan told the SKUs of which it is known now what became of an update
     */
    public ResultRecorder(
            ListingStore listings,
            DriftStore drifts,
            DeadLetterStore deadLetters,
            ChannelStates states,
            TransactionTemplate transaction,
            Supplier<Instant> now,
            Consumer<Collection<String>> replan) {
        this.listings = listings;
        this.drifts = drifts;
        this.deadLetters = deadLetters;
        this.states = states;
        this.transaction = transaction;
        this.now = now;
        this.replan = replan;
    }

    void confirm(Channel channel, List<Due> confirmed) {
        if (!confirmed.isEmpty()) {
            confirmations
                    .computeIfAbsent(channel.id(), id -> new Gathering<>(all -> confirmAll(channel, all)))
                    .add(confirmed);
        }
    }

    private void confirmAll(Channel channel, List<Due> confirmed) {
        List<String> divided = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            List<String> failedBefore = new ArrayList<>();
            // What another hub has claimed meanwhile is its to judge: a refusal that it met must stay open.
            for (ListingStore.Confirmed one : listings.confirm(channel, confirmed)) {
                if (one.failedBefore()) {
                    failedBefore.add(one.sku());
                }
                if (one.divided()) {
                    divided.add(one.sku());
                }
            }
            if (!failedBefore.isEmpty()) {
                deadLetters.resolveUpdates(channel.id(), failedBefore);
            }
        });
        states.succeeded(channel.id());
        replan.accept(divided);
    }

    private static List<String> skus(List<Due> due) {
        return due.stream().map(Due::sku).toList();
    }

    /**
     * Tries an item again later. What the whole channel suffers never gives an update up, since today's number has to
     * arrive some day; an item that alone fails again and again does end with a person.
     */
    void retry(Channel channel, Due due, Failure failure) {
        Duration pause = channel.backoff().pause(due.attempts() + 1, failure.retryAfter(), random);
        if (failure.kind() == Failure.Kind.THROTTLED) {
            listings.postpone(channel.id(), due, pause, true);
        } else if (due.ownAttempts() + 1 >= channel.backoff().attemptsMax()) {
            stop(channel, due, failure);
            return;
        } else {
            listings.retry(channel, due, failure, pause, false);
        }
        replan.accept(skus(List.of(due)));
    }

    /** Has the numbers of SKUs in escrow planned anew. */
    void replan(Collection<String> skus) {
        replan.accept(skus);
    }

    /** The call failed as a whole: everything in it waits, as long as the channel asks for or the backoff says. */
    void retryAll(Channel channel, List<Due> batch, Failure failure) {
        boolean counts = !failure.turnedAway();
        if (failure.kind() == Failure.Kind.SETTINGS) {
            states.pause(channel.id(), failure);
        } else {
            states.failed(channel.id(), failure);
        }
        for (Due due : batch) {
            Duration pause = channel.backoff().pause(due.attempts() + 1, failure.retryAfter(), random);
            if (counts) {
                listings.retry(channel, due, failure, pause, true);
            } else {
                // Neither a call that was not made nor one that was turned away has told the channel anything.
                listings.postpone(channel.id(), due, pause, true);
            }
        }
        replan.accept(skus(batch));
    }

    void stop(Channel channel, Due due, Failure failure) {
        transaction.executeWithoutResult(status -> listings.stop(channel.id(), due, failure)
                .ifPresent(history -> deadLetters.addUpdate(
                        new DeadLetterStore.Update(channel.id(), due.sku(), due.attempts() + 1, history, payload(due)),
                        failure)));
        replan.accept(skus(List.of(due)));
        LOG.warn("Dead letter: channel={} sku={} code={}", channel.id(), due.sku(), failure.code());
    }

    private static byte[] payload(Due due) {
        com.fasterxml.jackson.databind.node.ObjectNode json =
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        json.put("sku", due.channelSku());
        json.put("channelItem", due.channelItem());
        json.put("quantity", due.quantity());
        json.put("expected", due.expected());
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    void notListed(Channel channel, Due due) {
        stop(
                channel,
                due,
                new Failure(
                        Failure.Kind.PERMANENT,
                        Failure.Stage.SEND,
                        "channel.unknown_item",
                        "The channel lists no item with SKU \"" + due.channelSku()
                                + "\": list it there or correct the alias, then replay.",
                        null));
    }

    /** Going on from what the channel shows. */
    void seen(Channel channel, Due due, ListedQuantity shown) {
        listings.seen(channel, due.knowing(shown.channelItem(), shown.quantity()));
        replan.accept(skus(List.of(due)));
    }

    void mismatch(Channel channel, Due due, ListedQuantity shown) {
        boolean settled = due.mismatchSince() != null
                && due.mismatchSince().plus(channel.settle()).isBefore(now.get())
                && (!channel.sellsOrders() || listings.ordersRead(channel.id(), due.mismatchSince()));
        Policy policy = channel.reconciling().policy(Cause.EDITED);
        if (settled && policy != Policy.OVERWRITE) {
            transaction.executeWithoutResult(status -> drifts.hold(channel.id(), due, shown, Cause.EDITED));
            replan.accept(skus(List.of(due)));
        } else if (settled) {
            LOG.info(
                    "Drift: channel={} sku={} shows {} (expected {}); no order explains it, going on from there.",
                    channel.id(),
                    due.sku(),
                    shown.quantity(),
                    due.expected());
            drifts.closed(channel.id(), due.sku(), due.channelSku(), shown, Cause.EDITED, Policy.OVERWRITE);
            seen(channel, due, shown);
        } else {
            listings.mismatch(
                    channel.id(),
                    due,
                    Duration.ofMillis(Math.max(100, channel.settle().toMillis() / 4)));
            drifts.found(
                    channel.id(),
                    due.sku(),
                    due.channelSku(),
                    due.expected(),
                    shown.quantity(),
                    DriftStore.FoundBy.COMPARE);
        }
    }
}
