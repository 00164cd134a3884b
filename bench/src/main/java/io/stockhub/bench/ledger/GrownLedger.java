package io.stockhub.bench.ledger;

import io.stockhub.bench.Progress;
import java.sql.SQLException;
import java.util.Locale;

/**
 * A ledger with a past, written by SQL: orders of one unit, all but the last fiftieth of them shipped, each with a key. The
 * books add up and reservations hold what is reserved; it is not sealed.
 */
final class GrownLedger {
    private static final int CHUNK = 250_000;

    private GrownLedger() {}

    /**
     * Adds the past to a stage that was reset.
     *
     * @param workload whose SKUs the stage has; wanted as by Zipf's law, the first most
     * @param orders two movements each
     */
    static void load(Stage stage, Workload workload, int orders, Progress progress) throws SQLException {
        stage.execute("set synchronous_commit = off; set work_mem = '128MB'; set jit = off");
        stage.execute("insert into account (sku, location, state, quantity)"
                + " select sku, location, 'customer', 0 from account where state = 'supplier' order by sku");
        stage.execute(
                """
                create temp table place as
                select row_number() over (order by sku) - 1 as n, sku, max(account_id) filter (where state = 'available') as shelf,
                       max(account_id) filter (where state = 'reserved') as held,
                       max(account_id) filter (where state = 'customer') as gone
                from account group by sku""");
        stage.execute("create unique index on place (n)");
        long first = stage.number("select last_value from ledger_sequence") + 1;
        for (int from = 0; from < orders; from += CHUNK) {
            chunk(stage, workload.skus(), first, from, Math.min(orders, from + CHUNK), orders);
            progress.detail(String.format(
                    Locale.ROOT, "%,d of %,d orders of the past", Math.min(orders, from + CHUNK), orders));
        }
        stage.execute(
                """
                update account a set quantity = moved.quantity from (
                  select account_id, sum(change) as quantity from (
                    select from_account as account_id, -quantity as change from posting
                    union all select to_account, quantity from posting) change
                  group by account_id) moved
                where moved.account_id = a.account_id""");
        stage.execute("select setval('ledger_sequence', " + (first + 2L * orders) + ")");
        stage.execute("drop table place");
        stage.execute("reset synchronous_commit");
        stage.execute("vacuum analyze");
    }

    private static void chunk(Stage stage, int skus, long first, int from, int until, int orders) throws SQLException {
        stage.execute(
                """
                create temp table past on commit preserve rows as
                select o.*, p.sku, p.shelf, p.held, p.gone from (
                  select i, %1$d + 2 * i as reserved, %1$d + 2 * i + 1 as shipped, i < %4$d as is_shipped,
                         left(md5('past ' || i), 16) as ref,
                         least(%2$d, floor(power(%2$d, (hashint8extended(i, 7) & 2147483647) / 2147483648.0))::bigint) - 1 as n,
                         now() - interval '300 days' + i * (interval '299 days' / %5$d) as at
                  from generate_series(%3$d::bigint, %6$d) i) o
                join place p using (n)"""
                        .formatted(first, skus, from, orders - orders / 50, orders, until - 1));
        stage.execute(
                """
                insert into movement (movement_id, kind, reference, actor, occurred_at, recorded_at)
                select reserved, 'reservation', ref, 'past', at, at from past
                union all select shipped, 'ship', ref, 'past', at, at from past where is_shipped order by 1""");
        stage.execute(
                """
                insert into posting (movement_id, line, sku, from_account, to_account, quantity, reservation_id, reservation_line)
                select reserved, 0, sku, shelf, held, 1, reserved, 0 from past
                union all select shipped, 0, sku, held, gone, 1, reserved, 0 from past where is_shipped order by 1""");
        stage.execute(
                """
                insert into reservation (reservation_id, channel, order_ref, content_hash, policy, movement_id, actor, recorded_at)
                select reserved, 'past', ref, sha256(ref::bytea), 'ALL_OR_NOTHING', reserved, 'past', at from past order by 1""");
        stage.execute(
                "insert into reservation_line (reservation_id, line, sku, quantity) select reserved, 0, sku, 1 from past order by 1");
        stage.execute(
                """
                insert into allocation (reservation_id, line, account_id, quantity, shipped)
                select reserved, 0, held, 1, is_shipped::int from past order by 1""");
        stage.execute(
                """
                insert into idempotency (key, content_hash, reservation_id, recorded_at)
                select ref, sha256(ref::bytea), reserved, at from past order by 1""");
        stage.execute("drop table past");
    }
}
