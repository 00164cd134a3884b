package io.stockhub.routes.stockout;

import io.stockhub.connectors.ListedQuantity;
import io.stockhub.routes.ChannelDesk.Drift.Cause;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.reconcile.DriftVerdict;
import io.stockhub.routes.reconcile.Policy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Judges what was read back of a SKU in escrow. What a channel shows there is not what we last told it: sales that we have
 * not heard of are missing from it, and older numbers may still count. So nothing is judged before one number is left,
 * and nothing believed before the channel has shown the same twice and its orders up to the first time are in the
 * ledger. Then it is what the channel may sell, and the units are divided anew.
 */
public final class SliceReadBack {
    private static final Logger LOG = LoggerFactory.getLogger(SliceReadBack.class);

    private final Channel channel;
    private final SliceStore slices;
    private final ReadBackStore checks;
    private final DriftEvidence evidence;
    private final DriftStore drifts;
    private final TransactionTemplate transaction;
    private final Consumer<Collection<String>> replan;

    /** @param replan told the SKUs of which a channel sells other than was thought */
    public SliceReadBack(
            Channel channel,
            SliceStore slices,
            ReadBackStore checks,
            DriftEvidence evidence,
            DriftStore drifts,
            TransactionTemplate transaction,
            Consumer<Collection<String>> replan) {
        this.channel = channel;
        this.slices = slices;
        this.checks = checks;
        this.evidence = evidence;
        this.drifts = drifts;
        this.transaction = transaction;
        this.replan = replan;
    }

    /** Units that the channel has set aside of its number it may sell all the same. */
    void judge(Check check, ListedQuantity listed) {
        long shown = listed.quantity() + (listed.setAside() == null ? 0 : listed.setAside());
        OptionalLong open = slices.settled(channel.id(), check.sku(), check.channelSku());
        if (check.held()) {
            held(check, listed, shown, open);
        } else if (open.isEmpty()) {
            checks.later(channel.id(), check, channel.account().timing().readBackAfter());
        } else if (shown > listed.quantity()) {
            promoted(check, listed, open.getAsLong(), shown);
        } else if (shown == open.getAsLong()) {
            checks.verified(channel.id(), check);
        } else if (check.wrongFor() == null || check.shownBefore() == null || check.shownBefore() != shown) {
            wrong(check, open.getAsLong(), shown);
        } else if (check.ordersRead() && check.wrongFor().compareTo(channel.settle()) >= 0) {
            judged(check, listed, open.getAsLong(), shown);
        } else {
            checks.later(channel.id(), check, pause());
        }
    }

    /** A number that it is told comes on top of what it has set aside, and no plan knows of that: it is told none. */
    private void promoted(Check check, ListedQuantity listed, long open, long shown) {
        boolean more = shown > open;
        boolean held = Boolean.TRUE.equals(transaction.execute(status -> {
            boolean unchanged =
                    more ? checks.believe(channel.id(), check, shown, true) : checks.hold(channel.id(), check);
            if (unchanged) {
                drifts.lastSeen(channel.id(), check.sku(), check.channelSku(), open, listed.quantity());
                drifts.known(channel.id(), check.sku(), check.channelSku(), listed, Cause.PROMOTION, Policy.HOLD);
            }
            return unchanged;
        }));
        if (held) {
            LOG.info(
                    "Drift: channel={} sku={} has set {} aside; it is held.",
                    channel.id(),
                    check.sku(),
                    listed.setAside());
            replan.accept(List.of(check.sku()));
        }
    }

    /** It is told nothing; but when it shows more than was counted, others must not have those units. */
    private void held(Check check, ListedQuantity listed, long shown, OptionalLong open) {
        boolean more = open.isPresent() && shown > open.getAsLong();
        transaction.executeWithoutResult(status -> {
            drifts.seen(channel.id(), check.sku(), check.channelSku(), listed);
            if (!more || !checks.believe(channel.id(), check, shown)) {
                checks.known(channel.id(), check);
            }
        });
        if (more) {
            replan.accept(List.of(check.sku()));
        }
    }

    private Duration pause() {
        Duration half = channel.settle().dividedBy(2);
        return half.compareTo(Duration.ofMillis(200)) > 0 ? half : Duration.ofMillis(200);
    }

    private void wrong(Check check, long open, long shown) {
        transaction.executeWithoutResult(status -> {
            if (checks.wrongFromNow(channel.id(), check, pause())) {
                drifts.lastSeen(channel.id(), check.sku(), check.channelSku(), open, shown);
            }
        });
    }

    private void judged(Check check, ListedQuantity listed, long open, long shown) {
        if (shown < open && evidence.othersAreRead(channel, check, listed.quantity())) {
            checks.later(channel.id(), check, pause());
            return;
        }
        Cause cause = shown == check.expected()
                ? Cause.SALE_IN_FLIGHT
                : DriftVerdict.of(evidence.facts(channel, check, listed, open, true));
        boolean holds = channel.reconciling().policy(cause) == Policy.HOLD && cause != Cause.SALE_IN_FLIGHT;
        boolean believed = Boolean.TRUE.equals(transaction.execute(status -> {
            // What is held keeps the larger of both, until a person knows better.
            boolean unchanged = holds && shown <= open
                    ? checks.hold(channel.id(), check)
                    : checks.believe(channel.id(), check, shown, holds);
            if (unchanged && holds) {
                drifts.known(channel.id(), check.sku(), check.channelSku(), listed, cause, Policy.HOLD);
            } else if (unchanged) {
                drifts.believed(channel.id(), check.sku(), check.channelSku(), listed, cause);
            }
            return unchanged;
        }));
        if (believed) {
            LOG.info(
                    "Drift: channel={} sku={} may sell {} (expected {}): {}; {}.",
                    channel.id(),
                    check.sku(),
                    shown,
                    open,
                    cause.code(),
                    holds ? "it is held" : "the units are divided anew");
            replan.accept(List.of(check.sku()));
        }
    }
}
