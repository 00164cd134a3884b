package io.stockhub.routes.orders;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which word about an order is the newest, by the channel's own clock. Channels promise no order of delivery: a
 * cancellation may arrive before its order, and the order must then hold no stock.
 */
public final class OrderVersions {
    private final JdbcClient jdbc;

    public OrderVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Remembers a word about an order; false when a newer one was taken before. The same one again is not older. */
    public boolean isNewest(String channel, String orderRef, Instant updatedAt) {
        return jdbc.sql(
                                """
                        insert into order_version as v (channel, order_ref, updated_at) values (?, ?, ?)
                        on conflict (channel, order_ref) do update set updated_at = excluded.updated_at
                        where v.updated_at <= excluded.updated_at""")
                        .params(channel, orderRef, updatedAt.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
