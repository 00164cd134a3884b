package io.stockhub.routes.stockout;

import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Connectors;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.ListedQuantity;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Timing;
import io.stockhub.routes.ChannelDesk.Drift.Cause;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.ChannelStates;
import io.stockhub.routes.failure.Backoff;
import io.stockhub.routes.reconcile.DriftVerdict;
import io.stockhub.routes.reconcile.IncidentWatch;
import io.stockhub.routes.reconcile.Rota;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads a channel back, a share of its budget of calls and whose turn it is by risk: whether what it accepted is what
 * customers see. What it shows and should not is drift; when the time to explain itself is over it is judged, and dealt with
 * by the policy of its cause.
 */
public final class ReadBack {
    private static final Logger LOG = LoggerFactory.getLogger(ReadBack.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration PAUSED = Duration.ofSeconds(5);
    private static final Duration DEAD_ORDER = Duration.ofMinutes(10);
    private static final Duration SHORTLY = Duration.ofMillis(200);

    private final Channel channel;
    private final Connectors connectors;
    private final ReadBackStore checks;
    private final SliceReadBack slices;
    private final DriftEvidence evidence;
    private final DriftActs acts;
    private final DriftStore drifts;
    private final IncidentWatch incidents;
    private final ChannelStates states;
    private final TransactionTemplate transaction;
    private final Rota rota = new Rota();
    private final RandomGenerator random = RandomGenerator.getDefault();
    private int failures;

    /** @param slices judges what is in escrow */
    public ReadBack(
            Channel channel,
            Connectors connectors,
            ReadBackStore checks,
            SliceReadBack slices,
            DriftEvidence evidence,
            DriftActs acts,
            DriftStore drifts,
            IncidentWatch incidents,
            ChannelStates states,
            TransactionTemplate transaction) {
        this.channel = channel;
        this.connectors = connectors;
        this.checks = checks;
        this.slices = slices;
        this.evidence = evidence;
        this.acts = acts;
        this.drifts = drifts;
        this.incidents = incidents;
        this.states = states;
        this.transaction = transaction;
    }

    /** One step of the pump: one call. */
    public Duration step() {
        incidents.look();
        drifts.explained(channel.id());
        if (states.paused(channel.id())) {
            return PAUSED;
        }
        List<Check> due = checks.claim(
                channel,
                rota.next(),
                incidents.suspectSince(),
                Math.max(1, channel.manifest().limits().readBatchSize()),
                LEASE);
        if (due.isEmpty()) {
            return IDLE;
        }
        try {
            Map<String, ListedQuantity> shown = read(due);
            // What is seen for the first time may explain what is judged: two items whose names were exchanged.
            due.stream()
                    .sorted(Comparator.comparing(check -> check.wrongFor() != null))
                    .forEach(check -> judge(check, shown.get(check.channelSku())));
            failures = 0;
            return pause();
        } catch (CallFailure e) {
            return failed(due, e.failure());
        }
    }

    /** So that calls for reading are no more than their share. */
    private Duration pause() {
        return channel.account()
                .timing()
                .rateOf(Manifest.READ_QUANTITIES)
                .interval()
                .multipliedBy(100)
                .dividedBy(channel.reconciling().share());
    }

    private Map<String, ListedQuantity> read(List<Check> due) {
        Map<String, ListedQuantity> shown = new HashMap<>();
        for (ListedQuantity listed : connectors.readQuantities(
                channel.account(),
                due.stream().map(Check::channelSku).distinct().toList())) {
            shown.put(listed.sku(), listed);
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
        return longer(pause, pause());
    }

    private void judge(Check check, @Nullable ListedQuantity listed) {
        if (check.divided() && listed != null) {
            slices.judge(check, listed);
        } else if (check.held()) {
            acts.held(check, listed);
        } else if (check.stopped()) {
            refused(check, listed);
        } else if (asItShould(check, listed)) {
            checks.verified(channel.id(), check);
        } else if (check.divided() || !applied(check)) {
            Timing timing = channel.account().timing();
            checks.later(channel.id(), check, longer(check.acceptedFor(), timing.readBackAfter()));
        } else {
            wrong(check, listed);
        }
    }

    /** An item that we took off and that is gone is as gone as it should be. */
    private static boolean asItShould(Check check, @Nullable ListedQuantity listed) {
        return listed == null ? check.retired() && check.expected() == 0 : listed.quantity() == check.expected();
    }

    private boolean applied(Check check) {
        return check.acceptedFor().compareTo(channel.account().timing().appliedWithin()) >= 0;
    }

    /** What was refused stands in the dead letters; the number before may be shown, and ours may be by now. */
    private void refused(Check check, @Nullable ListedQuantity listed) {
        if (listed != null && listed.quantity() == check.wanted()) {
            checks.known(channel.id(), check);
        } else {
            acts.refused(check, listed, DriftVerdict.of(evidence.facts(channel, check, listed, check.wanted(), true)));
        }
    }

    private void wrong(Check check, @Nullable ListedQuantity listed) {
        boolean settled = check.wrongFor() != null
                && check.ordersRead()
                && check.wrongFor().compareTo(channel.settle()) >= 0;
        if (!settled) {
            seen(check, listed);
            return;
        }
        if (listed != null && evidence.othersAreRead(channel, check, listed.quantity())) {
            checks.later(channel.id(), check, SHORTLY);
            return;
        }
        Cause cause = DriftVerdict.of(evidence.facts(channel, check, listed, check.expected(), true));
        if (cause == Cause.SALE_IN_FLIGHT || cause == Cause.UNEXPLAINED) {
            checks.later(channel.id(), check, DEAD_ORDER);
        } else {
            acts.act(check, listed, cause);
        }
    }

    /** It has its time to explain itself. */
    private void seen(Check check, @Nullable ListedQuantity listed) {
        Duration pause = longer(channel.settle().dividedBy(2), SHORTLY);
        transaction.executeWithoutResult(status -> {
            if (checks.wrong(channel.id(), check, pause)) {
                drifts.found(
                        channel.id(),
                        check.sku(),
                        check.channelSku(),
                        check.expected(),
                        listed == null ? null : listed.quantity(),
                        DriftStore.FoundBy.READ_BACK);
            }
        });
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
