package io.stockhub.routes.alerts;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Work that one hub does for all, now and then. Reading may take long and holds nothing, since the ledger is not sealed
 * while a transaction writes. What follows from it is written in one short transaction, by the one whose turn it still is.
 */
final class Turn {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** Nobody spends more than a tenth of the time on watching. */
    private static final int PAUSE_FACTOR = 10;

    private final String name;
    private final Duration every;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Turn(String name, Duration every, JdbcClient jdbc, TransactionTemplate transaction) {
        this.name = name;
        this.every = every;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Does the work when it is due and nobody else is at it.
     *
     * @param read takes as long as it likes
     * @param write what it writes counts only if it is still this hub's turn; returns a JSON object to remember
     * @return how long to wait before asking again
     */
    <T> Duration take(Supplier<T> read, Function<T, String> write) {
        claim().ifPresent(claim -> {
            long begun = System.nanoTime();
            T found = read.get();
            long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            transaction.executeWithoutResult(status -> {
                if (isOurs(claim)) {
                    end(write.apply(found), millis);
                }
            });
        });
        return every.compareTo(LOOK_AGAIN) < 0 ? every : LOOK_AGAIN;
    }

    private Optional<Long> claim() {
        return jdbc.sql(
                        """
                        insert into watch as w (name, claim, due_at)
                        values (:name, nextval('claim_token'), now() + :lease * interval '1 millisecond')
                        on conflict (name) do update set claim = excluded.claim,
                          due_at = now() + greatest(:lease, w.took_ms * :factor) * interval '1 millisecond'
                        where w.due_at <= now() returning claim""")
                .param("name", name)
                .param("lease", LEASE.toMillis())
                .param("factor", PAUSE_FACTOR)
                .query(Long.class)
                .optional();
    }

    private boolean isOurs(long claim) {
        return jdbc.sql("select 1 from watch where name = ? and claim = ? for update")
                .params(name, claim)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private void end(String fact, long millis) {
        jdbc.sql(
                        """
                        update watch set fact = ?::jsonb, found_at = now(), took_ms = ?,
                          due_at = now() + ? * interval '1 millisecond' where name = ?""")
                .params(fact, millis, Math.max(every.toMillis(), millis * PAUSE_FACTOR), name)
                .update();
    }
}
