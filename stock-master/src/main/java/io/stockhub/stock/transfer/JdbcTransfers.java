package io.stockhub.stock.transfer;

import io.stockhub.stock.DiscrepancyDesk.Document;
import io.stockhub.stock.TransferDesk;
import io.stockhub.stock.inbound.JdbcDiscrepancies;
import io.stockhub.stock.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Transfers in PostgreSQL. */
public final class JdbcTransfers implements TransferDesk {
    private static final String HEADS =
            """
            select t.transfer_id, t.from_location, t.to_location, m.occurred_at, t.expected_at, c.units,
                   c.units > 0 and t.expected_at < ?
            from transfer t join movement m using (movement_id)
            cross join lateral (select coalesce(sum(a.quantity), 0) as units from account a
                                where a.state = 'in_transit' and a.holder = t.transfer_id) c
            """;
    /** A reversal has its postings the other way round. Beyond the wall nobody tells units apart, so inside does. */
    private static final String MOVED =
            """
            with document as (
              select movement_id, kind, 1 as sign from movement
              where reference = ? and kind in ('transfer-ship', 'transfer-receive', 'transfer-loss')
              union all
              select r.movement_id, m.kind, -1 from movement m join movement r on r.reverses = m.movement_id
              where m.reference = ? and m.kind in ('transfer-ship', 'transfer-receive', 'transfer-loss')
            ), moved as (
              select p.sku, d.kind, d.sign * p.quantity as units, greatest(f.lot, t.lot) as lot,
                     greatest(f.serial, t.serial) as serial,
                     case d.sign when 1 then f.state else t.state end as from_state
              from document d join posting p using (movement_id)
              join account f on f.account_id = p.from_account join account t on t.account_id = p.to_account
            )
            select sku, lot, serial, sum(shipped), sum(received), sum(lost), sum(over), sum(in_transit) from (
              select sku, lot, serial,
                case when kind = 'transfer-ship' then units else 0 end as shipped,
                case when kind = 'transfer-receive' and from_state = 'in_transit' then units else 0 end as received,
                case when kind = 'transfer-loss' then units else 0 end as lost,
                case when kind = 'transfer-receive' and from_state = 'shrinkage' then units else 0 end as over,
                0 as in_transit
              from moved
              union all
              select sku, lot, serial, 0, 0, 0, 0, quantity from account
              where state = 'in_transit' and holder = ? and quantity > 0) units
            group by sku, lot, serial order by sku, lot, serial""";

    private final Sql sql;
    private final JdbcDiscrepancies discrepancies;
    private final InstantSource clock;

    public JdbcTransfers(DataSource dataSource, InstantSource clock) {
        this.sql = new Sql(dataSource);
        this.discrepancies = new JdbcDiscrepancies(dataSource);
        this.clock = clock;
    }

    @Override
    public List<Head> transfers(@Nullable Boolean open, @Nullable String location, @Nullable String after, int limit) {
        String state = open == null ? "" : open ? " and c.units > 0" : " and c.units = 0";
        return sql.list(
                HEADS + "where t.transfer_id > ? and (?::text is null or ? in (t.from_location, t.to_location))" + state
                        + " order by t.transfer_id limit ?",
                JdbcTransfers::head,
                clock.instant(),
                after == null ? "" : after,
                location,
                location,
                limit);
    }

    @Override
    public Optional<Transfer> transfer(String transferId) {
        return sql.first(HEADS + "where t.transfer_id = ?", JdbcTransfers::head, clock.instant(), transferId)
                .map(head -> new Transfer(
                        head, lines(transferId), discrepancies.of(Document.TRANSFER, head.to(), transferId)));
    }

    private record Moved(String sku, Tracked tracked) {}

    private List<Line> lines(String transferId) {
        Map<String, List<Tracked>> bySku = new TreeMap<>();
        sql.list(MOVED, JdbcTransfers::moved, transferId, transferId, transferId)
                .forEach(moved -> bySku.computeIfAbsent(moved.sku(), any -> new ArrayList<>())
                        .add(moved.tracked()));
        List<Line> lines = new ArrayList<>();
        bySku.forEach((sku, tracked) -> lines.add(new Line(
                sku,
                Units.sum(tracked.stream().map(Tracked::units).toList()),
                tracked.stream()
                        .filter(units ->
                                !units.lot().isEmpty() || !units.serial().isEmpty())
                        .toList())));
        return lines;
    }

    private static Moved moved(ResultSet row) throws SQLException {
        return new Moved(
                row.getString(1),
                new Tracked(
                        row.getString(2),
                        row.getString(3),
                        new Units(row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7), row.getLong(8))));
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Sql.time(row, 4),
                Sql.optionalTime(row, 5),
                row.getLong(6),
                row.getBoolean(7));
    }
}
