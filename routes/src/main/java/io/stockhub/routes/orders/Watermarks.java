package io.stockhub.routes.orders;

import io.stockhub.routes.failure.Words;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the orders of each account were read: a position in (time, id), so that orders of one instant keep apart. */
public final class Watermarks {

    /** The last order that is safely in the inbox. */
    public record Position(Instant readUntil, String orderId) {}

    private final JdbcClient jdbc;

    public Watermarks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The database's time: no two hubs agree on theirs. */
    public Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** Empty for an account whose orders were never read, though it may have pushed some. */
    public Optional<Position> find(String account) {
        return jdbc.sql(
                        """
                        select read_until, order_id from watermark
                        where account = ? and (asked_until is not null or applied_until is null)""")
                .param(account)
                .query((row, n) ->
                        new Position(row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2)))
                .optional();
    }

    /**
     * Remembers where the first reading of an account starts. Up to when its orders are in the ledger is not known any
     * more: as long as it only pushed them, that was a guess.
     */
    public void begin(String account, Position position) {
        jdbc.sql(
                        """
                        insert into watermark (account, read_until, order_id) values (?, ?, ?)
                        on conflict (account) do update
                        set read_until = excluded.read_until, order_id = excluded.order_id, updated_at = now(),
                            applied_until = null""")
                .params(account, position.readUntil().atOffset(ZoneOffset.UTC), Words.keepable(position.orderId()))
                .update();
    }

    /** Remembers up to when a channel was asked, for people: a quiet channel is not a broken one. */
    public void asked(String account, Instant until) {
        jdbc.sql("update watermark set asked_until = ? where account = ?")
                .params(until.atOffset(ZoneOffset.UTC), account)
                .update();
    }

    /** Remembers up to when a channel's orders are in the ledger; it never goes back. */
    public void applied(String account, Instant until) {
        OffsetDateTime at = until.atOffset(ZoneOffset.UTC);
        jdbc.sql(
                        """
                        insert into watermark (account, read_until, applied_until) values (?, ?, ?)
                        on conflict (account) do update set applied_until = excluded.applied_until
                        where watermark.applied_until is null or watermark.applied_until < excluded.applied_until""")
                .params(account, at, at)
                .update();
    }

    /** Moves a watermark forward; it never goes back, whoever moves it. */
    public void advance(String account, Position position) {
        jdbc.sql(
                        """
                        insert into watermark (account, read_until, order_id) values (?, ?, ?)
                        on conflict (account) do update
                        set read_until = excluded.read_until, order_id = excluded.order_id, updated_at = now()
                        where (watermark.read_until, watermark.order_id) < (excluded.read_until, excluded.order_id)""")
                .params(account, position.readUntil().atOffset(ZoneOffset.UTC), Words.keepable(position.orderId()))
                .update();
    }
}
