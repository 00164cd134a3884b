package io.stockhub.routes.stockout;

import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.inbox.InboxStore;
import io.stockhub.routes.orders.Watermarks;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets old numbers of a channel go once the orders that it took on them are in the ledger: all up to a time were read, and
 * are done with. Of a channel that only sends us its orders it is not known up to when we have them; there we can but wait.
 */
public final class Settling {
    private static final Duration IDLE = Duration.ofMillis(500);
    /** Units wait for it, but a channel's budget of calls is for more than that. */
    private static final Duration READ_AT_MOST_EVERY = Duration.ofSeconds(2);

    /** All orders up to {@code until} are in the inbox, none above {@code inboxId}. */
    private record Read(Instant until, long inboxId) {}

    private final Channels channels;
    private final SliceStore slices;
    private final InboxStore inbox;
    private final Watermarks watermarks;
    private final TransactionTemplate transaction;
    private final Consumer<Collection<String>> replan;
    private final Consumer<String> wakeOrders;
    private final Map<String, Long> woken = new ConcurrentHashMap<>();
    private final Map<String, Read> reads = new ConcurrentHashMap<>();

    /**
     * @param replan told the SKUs of which more may be sold now
     * @param wakeOrders told the channels whose orders have to be read
     */
    public Settling(
            Channels channels,
            SliceStore slices,
            InboxStore inbox,
            Watermarks watermarks,
            TransactionTemplate transaction,
            Consumer<Collection<String>> replan,
            Consumer<String> wakeOrders) {
        this.channels = channels;
        this.slices = slices;
        this.inbox = inbox;
        this.watermarks = watermarks;
        this.transaction = transaction;
        this.replan = replan;
        this.wakeOrders = wakeOrders;
    }

    /** All orders of a channel up to then are in the inbox. */
    public void read(String channel, Instant until) {
        reads.putIfAbsent(channel, new Read(until, inbox.last()));
    }

    /** One step of the pump. */
    public Duration step() {
        channels.all().forEach(this::settle);
        return IDLE;
    }

    private void settle(Channel channel) {
        Read read = reads.get(channel.id());
        if (read != null && inbox.open(channel.id(), read.inboxId())) {
            return;
        }
        SliceStore.Unsettled unsettled = slices.unsettled(channel.id());
        if (read != null) {
            Collection<String> settled = transaction.execute(status -> {
                watermarks.applied(channel.id(), read.until());
                return unsettled.all() == 0 ? List.of() : slices.settle(channel.id(), read.until());
            });
            reads.remove(channel.id());
            if (settled != null && !settled.isEmpty()) {
                replan.accept(settled);
            }
        }
        if (!channel.pollsOrders()) {
            // Who only sends us orders is taken to have sent them by the time that we wait for an explanation of what
            // it shows.
            read(channel.id(), watermarks.now().minus(channel.settle()));
        } else if (unsettled.divided() > 0 && mayWake(channel.id())) {
            wakeOrders.accept(channel.id());
        }
    }

    private boolean mayWake(String channel) {
        long at = System.nanoTime();
        Long last = woken.get(channel);
        boolean may = last == null || at - last >= READ_AT_MOST_EVERY.toNanos();
        if (may) {
            woken.put(channel, at);
        }
        return may;
    }
}
