package io.stockhub.stock.inbound;

import io.stockhub.stock.DiscrepancyDesk.Document;
import io.stockhub.stock.DiscrepancyKind;
import io.stockhub.stock.InboundDesk;
import io.stockhub.stock.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Inbounds in PostgreSQL. */
public final class JdbcInbounds implements InboundDesk {
    private static final String HEADS =
            """
            select i.location, i.reference, i.expected_at, i.closed_at,
              (select coalesce(sum(l.announced), 0) from inbound_line l
               where l.location = i.location and l.reference = i.reference),
              (select coalesce(sum(a.quantity), 0) from inbound_line l
               join account a on a.sku = l.sku and a.location = l.location and a.state = 'expected'
                 and a.lot = '' and a.serial = '' and a.bin = '' and a.pool = '' and a.holder = l.reference
               where l.location = i.location and l.reference = i.reference),
              (select count(*) from discrepancy d
               where d.document = 'inbound' and d.location = i.location and d.reference = i.reference
                 and d.resolution is null)
            from inbound i
            """;
    /** The reversal of a receipt has its postings the other way round. Receipts from before the announcement do not count. */
    private static final String LINES =
            """
            with receipt as (
              select m.movement_id from movement m join inbound i on i.reference = m.reference
              where m.kind = 'receipt' and m.movement_id > i.since and i.location = ? and i.reference = ?
            ), document as (
              select movement_id, 1 as sign from receipt
              union all
              select r.movement_id, -1 from receipt m join movement r on r.reverses = m.movement_id
            ), received as (
              select p.sku, sum(d.sign * p.quantity) as units,
                     coalesce(sum(d.sign * p.quantity) filter (where inside.state = 'damaged'), 0) as damaged
              from document d join posting p using (movement_id)
              join account inside on inside.account_id = case d.sign when 1 then p.to_account else p.from_account end
              where inside.location = ? and inside.state not in ('expected', 'supplier')
              group by p.sku
            ), announced as (
              select sku, announced as units from inbound_line where location = ? and reference = ?
            )
            select sku, coalesce(announced.units, 0), coalesce(received.units, 0),
              coalesce((select a.quantity from account a where a.sku = received_or_announced.sku and a.location = ?
                          and a.state = 'expected' and a.lot = '' and a.serial = '' and a.bin = '' and a.pool = ''
                          and a.holder = ?), 0),
              coalesce(received.damaged, 0)
            from (select sku from announced union select sku from received where units <> 0) received_or_announced
            left join announced using (sku) left join received using (sku)
            order by sku""";

    private final Sql sql;
    private final JdbcDiscrepancies discrepancies;

    public JdbcInbounds(DataSource dataSource) {
        this.sql = new Sql(dataSource);
        this.discrepancies = new JdbcDiscrepancies(dataSource);
    }

    @Override
    public List<Head> inbounds(@Nullable Boolean open, @Nullable String location, @Nullable Name after, int limit) {
        String state = open == null ? "" : open ? " and i.closed_at is null" : " and i.closed_at is not null";
        return sql.list(
                HEADS + "where (?::text is null or i.location = ?) and (i.location, i.reference) > (?, ?)" + state
                        + " order by i.location, i.reference limit ?",
                JdbcInbounds::head,
                location,
                location,
                after == null ? "" : after.location(),
                after == null ? "" : after.reference(),
                limit);
    }

    @Override
    public Optional<Inbound> inbound(Name name) {
        Optional<Head> head = sql.first(
                HEADS + "where i.location = ? and i.reference = ?",
                JdbcInbounds::head,
                name.location(),
                name.reference());
        return head.map(found -> new Inbound(
                name,
                found.expectedAt(),
                found.closedAt(),
                lines(name),
                discrepancies.of(Document.INBOUND, name.location(), name.reference())));
    }

    private List<Line> lines(Name name) {
        return sql.list(
                LINES,
                row -> {
                    long announced = row.getLong(2);
                    long received = row.getLong(3);
                    return new Line(
                            row.getString(1),
                            announced,
                            received,
                            row.getLong(4),
                            Math.max(0, received - announced),
                            row.getLong(5));
                },
                name.location(),
                name.reference(),
                name.location(),
                name.location(),
                name.reference(),
                name.location(),
                name.reference());
    }

    @Override
    public List<Difference> differences(Name name) {
        return sql.list(
                """
                select sku, kind, sum(quantity) from (
                  select sku, kind, quantity from discrepancy
                  where document = 'inbound' and location = ? and reference = ? and resolution is null
                  union all
                  select l.sku, 'short', a.quantity from inbound_line l
                  join account a on a.sku = l.sku and a.location = l.location and a.state = 'expected'
                    and a.lot = '' and a.serial = '' and a.bin = '' and a.pool = '' and a.holder = l.reference
                  where l.location = ? and l.reference = ? and a.quantity > 0) difference
                group by sku, kind order by sku, kind""",
                row -> new Difference(row.getString(1), DiscrepancyKind.of(row.getString(2)), row.getLong(3)),
                name.location(),
                name.reference(),
                name.location(),
                name.reference());
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                new Name(row.getString(1), row.getString(2)),
                Sql.optionalTime(row, 3),
                Sql.optionalTime(row, 4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }
}
