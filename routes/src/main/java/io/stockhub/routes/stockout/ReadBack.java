package io.stockhub.routes.stockout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Connectors;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.ListedQuantity;
import io.stockhub.connectors.Timing;
import io.stockhub.routes.ChannelDesk.Drift.Cause;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.ChannelStates;
import io.stockhub.routes.deadletter.DeadLetterStore;
import io.stockhub.routes.failure.Backoff;
import io.stockhub.routes.stockout.ReadBackStore.Check;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads a channel back when it has nothing to be told: whether what it accepted is what customers see. What it shows and
 * should not is drift; when nothing explains it, our number is sent again.
 */
public final class ReadBack {
    private static final Logger LOG = LoggerFactory.getLogger(ReadBack.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration PAUSED = Duration.ofSeconds(5);
    /** Of the channel's budget of calls, for sending has the first right to it. */
    private static final int SHARE = 5;
    /** A channel that accepts a number so often and never shows it will not show it the next time. */
    static final int OVERWRITTEN_MAX = 3;

    private final Channel channel;
    private final Connectors connectors;
    private final ReadBackStore checks;
    private final SliceReadBack slices;
    private final DriftStore drifts;
    private final DeadLetterStore deadLetters;
    private final ChannelStates states;
    private final TransactionTemplate transaction;
    private final Runnable wakeSender;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private int failures;

    /**
     * @param slices judges what is in escrow
     * @param wakeSender called when a number has to be sent again
     */
    public ReadBack(
            Channel channel,
            Connectors connectors,
            ReadBackStore checks,
            SliceReadBack slices,
            DriftStore drifts,
            DeadLetterStore deadLetters,
            ChannelStates states,
            TransactionTemplate transaction,
            Runnable wakeSender) {
        this.channel = channel;
        this.connectors = connectors;
        this.checks = checks;
        this.slices = slices;
        this.drifts = drifts;
        this.deadLetters = deadLetters;
        this.states = states;
        this.transaction = transaction;
        this.wakeSender = wakeSender;
    }

    /** One step of the pump: one call. */
    public Duration step() {
        drifts.explained(channel.id());
        if (states.paused(channel.id())) {
            return PAUSED;
        }
        List<Check> due =
                checks.claim(channel, Math.max(1, channel.manifest().limits().readBatchSize()), LEASE);
        if (due.isEmpty()) {
            return IDLE;
        }
        try {
            Map<String, Long> shown = read(due);
            due.forEach(check -> judge(check, shown.get(check.channelSku())));
            failures = 0;
            return pause();
        } catch (CallFailure e) {
            return failed(due, e.failure());
        }
    }

    private Duration pause() {
        return channel.account().timing().rate().interval().multipliedBy(SHARE);
    }

    private Map<String, Long> read(List<Check> due) {
        Map<String, Long> shown = new HashMap<>();
        for (ListedQuantity listed : connectors.readQuantities(
                channel.account(), due.stream().map(Check::channelSku).toList())) {
            shown.put(listed.sku(), listed.quantity());
        }
        return shown;
    }

    private Duration failed(List<Check> due, Failure failure) {
        failures++;
        Timing timing = channel.account().timing();
        Duration pause = new Backoff(timing.firstRetryDelay(), Duration.ofMinutes(5), Integer.MAX_VALUE)
                .pause(failures, failure.retryAfter(), random);
        LOG.info("{} could not be read back: {}: {}", channel.id(), failure.code(), failure.message());
        // An item that cannot be read must not keep the others from it.
        due.forEach(check -> checks.later(channel.id(), check, pause.multipliedBy(1 + random.nextInt(8))));
        return pause;
    }

    private void judge(Check check, @Nullable Long shown) {
        Timing timing = channel.account().timing();
        if (check.divided() && shown != null) {
            slices.judge(check, shown);
            return;
        }
        if (shown != null && shown == check.expected()) {
            checks.verified(channel.id(), check);
            return;
        }
        if (check.divided() || check.acceptedFor().compareTo(timing.appliedWithin()) < 0) {
            checks.later(channel.id(), check, longer(check.acceptedFor(), timing.readBackAfter()));
            return;
        }
        boolean settled = check.wrongFor() != null
                && check.ordersRead()
                && check.wrongFor().compareTo(channel.settle()) >= 0;
        if (settled) {
            drifted(check, shown);
        } else {
            transaction.executeWithoutResult(status -> {
                if (checks.wrong(channel.id(), check, longer(channel.settle().dividedBy(2), Duration.ofMillis(200)))) {
                    drifts.found(
                            channel.id(),
                            check.sku(),
                            check.channelSku(),
                            check.expected(),
                            shown,
                            DriftStore.FoundBy.READ_BACK);
                }
            });
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void drifted(Check check, @Nullable Long shown) {
        Cause cause = cause(check, shown);
        if (check.overwritten() >= OVERWRITTEN_MAX) {
            neverShown(check, shown);
            return;
        }
        boolean ours = Boolean.TRUE.equals(transaction.execute(status -> {
            boolean unchanged = checks.overwrite(channel.id(), check, shown);
            if (unchanged) {
                drifts.overwritten(channel.id(), check.sku(), check.channelSku(), shown, cause);
            }
            return unchanged;
        }));
        if (ours) {
            LOG.info(
                    "Drift: channel={} sku={} shows {} (expected {}): {}; our number is sent again.",
                    channel.id(),
                    check.sku(),
                    shown,
                    check.expected(),
                    cause);
            wakeSender.run();
        }
    }

    private void neverShown(Check check, @Nullable Long shown) {
        Failure failure = new Failure(
                Failure.Kind.PERMANENT,
                Failure.Stage.SEND,
                "channel.never_shown",
                "The channel accepted " + check.expected() + " for \"" + check.channelSku()
                        + "\" again and again and shows "
                        + (shown == null ? "no such item" : shown)
                        + ": look at the item there (a promotion, a block, another tool that writes it), then replay.",
                null);
        ObjectNode payload = JsonNodeFactory.instance
                .objectNode()
                .put("sku", check.channelSku())
                .put("quantity", check.expected())
                .put("shown", shown);
        transaction.executeWithoutResult(status -> checks.stop(channel.id(), check, failure)
                .ifPresent(history -> deadLetters.addUpdate(
                        new DeadLetterStore.Update(
                                channel.id(),
                                check.sku(),
                                check.attempts() + 1,
                                history,
                                payload.toString().getBytes(StandardCharsets.UTF_8)),
                        failure)));
        LOG.warn("Dead letter: channel={} sku={} code={}", channel.id(), check.sku(), failure.code());
    }

    /** What it shows, that no order explains, may be our number before; else somebody has changed it. */
    static Cause cause(Check check, @Nullable Long shown) {
        if (shown == null) {
            return Cause.NOT_LISTED;
        }
        return !check.proved() && shown.equals(check.replaced()) ? Cause.NOT_APPLIED : Cause.EDITED;
    }
}
