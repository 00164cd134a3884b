package io.stockhub.routes.stockout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.ListedQuantity;
import io.stockhub.routes.ChannelDesk.Drift.Cause;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.deadletter.DeadLetterStore;
import io.stockhub.routes.reconcile.Policy;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Does about drift of shared SKUs what the policy of its cause says. */
public final class DriftActs {
    private static final Logger LOG = LoggerFactory.getLogger(DriftActs.class);
    /** A channel that accepts a number so often and never shows it will not show it the next time. */
    static final int OVERWRITTEN_MAX = 3;

    private final Channel channel;
    private final ReadBackStore checks;
    private final DriftStore drifts;
    private final DeadLetterStore deadLetters;
    private final TransactionTemplate transaction;
    private final Runnable wakeSender;

    /** @param wakeSender called when a number has to be sent again */
    public DriftActs(
            Channel channel,
            ReadBackStore checks,
            DriftStore drifts,
            DeadLetterStore deadLetters,
            TransactionTemplate transaction,
            Runnable wakeSender) {
        this.channel = channel;
        this.checks = checks;
        this.drifts = drifts;
        this.deadLetters = deadLetters;
        this.transaction = transaction;
        this.wakeSender = wakeSender;
    }

    void act(Check check, @Nullable ListedQuantity listed, Cause cause) {
        Policy policy = possible(channel.reconciling().policy(cause), check, listed, cause);
        if (policy == Policy.OVERWRITE && check.overwritten() >= OVERWRITTEN_MAX) {
            neverShown(check, listed);
            return;
        }
        boolean ours = once(
                () -> switch (policy) {
                    case OVERWRITE -> checks.overwrite(channel.id(), check, listed == null ? null : listed.quantity());
                    case ADOPT ->
                        checks.adopt(
                                channel.id(),
                                check,
                                listed.quantity(),
                                cause == Cause.PROMOTION ? listed.setAside() : null);
                    case HOLD -> checks.hold(channel.id(), check);
                },
                () -> {
                    if (policy == Policy.HOLD) {
                        drifts.known(channel.id(), check.sku(), check.channelSku(), listed, cause, policy);
                    } else {
                        drifts.closed(channel.id(), check.sku(), check.channelSku(), listed, cause, policy);
                    }
                });
        if (ours) {
            LOG.info(
                    "Drift: channel={} sku={} shows {} (expected {}): {}, {}.",
                    channel.id(),
                    check.sku(),
                    listed == null ? null : listed.quantity(),
                    check.expected(),
                    cause.code(),
                    policy.code());
            wakeSender.run();
        }
    }

    /** What a channel shows too much is not there, and what it does not list cannot be adopted. */
    private static Policy possible(Policy policy, Check check, @Nullable ListedQuantity listed, Cause cause) {
        boolean fewer = listed != null && (cause == Cause.PROMOTION || listed.quantity() < check.expected());
        return policy == Policy.ADOPT && !fewer ? Policy.OVERWRITE : policy;
    }

    /** The channel refused the number that it should show: there is a dead letter of it, which is a person's. */
    void refused(Check check, @Nullable ListedQuantity listed, Cause cause) {
        transaction.executeWithoutResult(status -> {
            checks.known(channel.id(), check);
            drifts.found(
                    channel.id(),
                    check.sku(),
                    check.channelSku(),
                    check.wanted(),
                    listed == null ? null : listed.quantity(),
                    DriftStore.FoundBy.READ_BACK);
            drifts.known(channel.id(), check.sku(), check.channelSku(), listed, cause, null);
        });
    }

    /** It waits for a person, who wants to know what it shows now. */
    void held(Check check, @Nullable ListedQuantity listed) {
        checks.known(channel.id(), check);
        drifts.seen(channel.id(), check.sku(), check.channelSku(), listed);
    }

    private boolean once(BooleanSupplier write, Runnable then) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean unchanged = write.getAsBoolean();
            if (unchanged) {
                then.run();
            }
            return unchanged;
        }));
    }

    private void neverShown(Check check, @Nullable ListedQuantity listed) {
        Long shown = listed == null ? null : (Long) listed.quantity();
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
}
