package io.stockhub.routes.assembly;

import io.stockhub.connectors.Connectors;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.ChannelStates;
import io.stockhub.routes.deadletter.DeadLetterStore;
import io.stockhub.routes.reconcile.IncidentWatch;
import io.stockhub.routes.reconcile.Incidents;
import io.stockhub.routes.stockout.DriftActs;
import io.stockhub.routes.stockout.DriftEvidence;
import io.stockhub.routes.stockout.DriftStore;
import io.stockhub.routes.stockout.ReadBack;
import io.stockhub.routes.stockout.ReadBackStore;
import io.stockhub.routes.stockout.SliceReadBack;
import io.stockhub.routes.stockout.SliceStore;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What reads channels back, put together for one hub.
 *
 * @param jdbc and {@code deadLetters}, {@code states}, {@code transaction}: all of one database
 * @param breaker the state of a channel's breaker
 * @param replan told the SKUs of which a channel sells other than was thought
 */
public record ReadBackParts(
        Connectors connectors,
        JdbcClient jdbc,
        SliceStore slices,
        DriftStore drifts,
        DeadLetterStore deadLetters,
        ChannelStates states,
        TransactionTemplate transaction,
        Function<Channel, String> breaker,
        Consumer<Collection<String>> replan) {

    /** @param wakeSender called when a number has to be sent again */
    public ReadBack of(Channel channel, Runnable wakeSender) {
        ReadBackStore checks = new ReadBackStore(jdbc);
        DriftEvidence evidence = new DriftEvidence(jdbc);
        return new ReadBack(
                channel,
                connectors,
                checks,
                new SliceReadBack(channel, slices, checks, evidence, drifts, transaction, replan),
                evidence,
                new DriftActs(channel, checks, drifts, deadLetters, transaction, wakeSender),
                drifts,
                new IncidentWatch(channel.id(), new Incidents(jdbc), () -> breaker.apply(channel), System::nanoTime),
                states,
                transaction);
    }
}
