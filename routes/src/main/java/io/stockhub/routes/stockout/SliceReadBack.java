package io.stockhub.routes.stockout;

import io.stockhub.routes.ChannelDesk.Drift.Cause;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.stockout.ReadBackStore.Check;
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
    private final DriftStore drifts;
    private final TransactionTemplate transaction;
    private final Consumer<Collection<String>> replan;

    /** @param replan told the SKUs of which a channel sells other than was thought */
    public SliceReadBack(
            Channel channel,
            SliceStore slices,
            ReadBackStore checks,
            DriftStore drifts,
            TransactionTemplate transaction,
            Consumer<Collection<String>> replan) {
        this.channel = channel;
        this.slices = slices;
        this.checks = checks;
        this.drifts = drifts;
        this.transaction = transaction;
        this.replan = replan;
    }

    void judge(Check check, long shown) {
        OptionalLong open = slices.settled(channel.id(), check.sku(), check.channelSku());
        if (open.isEmpty()) {
            checks.later(channel.id(), check, channel.account().timing().readBackAfter());
        } else if (shown == open.getAsLong()) {
            checks.verified(channel.id(), check);
        } else if (check.wrongFor() == null || check.shownBefore() == null || check.shownBefore() != shown) {
            wrong(check, open.getAsLong(), shown);
        } else if (check.ordersRead() && check.wrongFor().compareTo(channel.settle()) >= 0) {
            believe(check, open.getAsLong(), shown);
        } else {
            checks.later(channel.id(), check, pause());
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

    private void believe(Check check, long open, long shown) {
        Cause cause = shown == check.expected() ? Cause.SALE_IN_FLIGHT : ReadBack.cause(check, shown);
        boolean believed = Boolean.TRUE.equals(transaction.execute(status -> {
            boolean unchanged = checks.believe(channel.id(), check, shown);
            if (unchanged) {
                drifts.believed(channel.id(), check.sku(), check.channelSku(), cause);
            }
            return unchanged;
        }));
        if (believed) {
            LOG.info(
                    "Drift: channel={} sku={} may sell {} (expected {}): {}; the units are divided anew.",
                    channel.id(),
                    check.sku(),
                    shown,
                    open,
                    cause);
            replan.accept(List.of(check.sku()));
        }
    }
}
