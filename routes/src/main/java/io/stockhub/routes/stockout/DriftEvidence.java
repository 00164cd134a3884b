package io.stockhub.routes.stockout;

import io.stockhub.connectors.ListedQuantity;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.reconcile.DriftFacts;
import io.stockhub.routes.reconcile.DriftFacts.Orders;
import io.stockhub.routes.reconcile.Risk;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Collects what is known of a listing that shows what it should not. */
public final class DriftEvidence {
    /** A number that more listings should show says nothing about which of them it came from. */
    private static final int COMMON = 5;

    private final JdbcClient jdbc;

    public DriftEvidence(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Has those listings read next that should show what this one shows, and were not read since it was first seen: they
     * may show what this one should.
     *
     * @return whether there are any to wait for
     */
    boolean othersAreRead(Channel channel, Check check, long shown) {
        return jdbc.sql(
                                """
                                with other as (
                                  select channel, sku, channel_sku, read_at, dirty_since, stopped, held from listing
                                  where channel = :channel and expected = :shown and not (sku = :sku and channel_sku = :name)
                                  limit :common + 1),
                                mine as (
                                  select mismatch_since from listing
                                  where channel = :channel and sku = :sku and channel_sku = :name)
                                update listing l set read_back_at = now(), risk = :risk from other o, mine m
                                where l.channel = o.channel and l.sku = o.sku and l.channel_sku = o.channel_sku
                                  and coalesce(o.read_at < m.mismatch_since, true) and (select count(*) from other) <= :common
                                  and o.dirty_since is null and not o.stopped and not o.held""")
                        .param("channel", channel.id())
                        .param("sku", check.sku())
                        .param("name", check.channelSku())
                        .param("shown", shown)
                        .param("common", COMMON)
                        .param("risk", Risk.SEEN_WRONG)
                        .update()
                > 0;
    }

    /** @param settled the time to explain itself is over, and the orders until it was first seen were read */
    DriftFacts facts(Channel channel, Check check, @Nullable ListedQuantity listed, long expected, boolean settled) {
        Long shown = listed == null ? null : (Long) listed.quantity();
        boolean refused = check.stopped();
        return new DriftFacts(
                shown,
                expected,
                refused || check.divided() ? 0 : sold(channel, check),
                refused ? (Long) check.expected() : check.replaced(),
                !refused && check.proved(),
                orders(channel, check, settled),
                refused ? refusal(channel, check) : null,
                listed == null ? null : listed.setAside(),
                check.setAside(),
                otherItem(check, listed),
                shown == null ? 0 : swapped(channel, check, expected, shown));
    }

    private static long sold(Channel channel, Check check) {
        return channel.lowersItsOwn() && check.confirmed() != null
                ? Math.max(0, check.confirmed() - check.expected())
                : 0;
    }

    static boolean otherItem(Check check, @Nullable ListedQuantity listed) {
        return listed != null
                && check.channelItem() != null
                && listed.channelItem() != null
                && !check.channelItem().equals(listed.channelItem());
    }

    private Orders orders(Channel channel, Check check, boolean settled) {
        if (!channel.sellsOrders()) {
            return Orders.NONE;
        }
        if (!settled) {
            return Orders.NOT_READ;
        }
        boolean dead = jdbc.sql(
                        """
                        select exists (select from dead_letter where channel = ? and flow = 'orders-in'
                          and state in ('open', 'replaying') and (sku is null or sku in (?, ?)))""")
                .params(channel.id(), check.sku(), check.channelSku())
                .query(Boolean.class)
                .single();
        if (dead) {
            return Orders.ONE_IS_DEAD;
        }
        return channel.pollsOrders() ? Orders.READ : Orders.PUSHED;
    }

    private @Nullable String refusal(Channel channel, Check check) {
        return jdbc.sql(
                        """
                        select code from dead_letter
                        where channel = ? and sku = ? and flow = 'stock-out' and state in ('open', 'replaying')""")
                .params(channel.id(), check.sku())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Other listings that were seen to show our number, and should show ours. */
    private int swapped(Channel channel, Check check, long expected, long shown) {
        return jdbc.sql(
                        """
                        select count(*) from drift
                        where channel = ? and closed_at is null and expected = ? and shown = ?
                          and not (sku = ? and channel_sku = ?)""")
                .params(channel.id(), shown, expected, check.sku(), check.channelSku())
                .query(Integer.class)
                .single();
    }
}
