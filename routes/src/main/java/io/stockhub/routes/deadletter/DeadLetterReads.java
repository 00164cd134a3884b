package io.stockhub.routes.deadletter;

import io.stockhub.routes.DeadLetters.About;
import io.stockhub.routes.DeadLetters.CauseGroup;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.DeadLetters.Detail;
import io.stockhub.routes.DeadLetters.Filter;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists and groups. Each statement names only the conditions that are asked, so that each is planned for its index. */
final class DeadLetterReads {
    private static final String HEAD =
            """
            dead_letter_id, channel, flow, stage, kind, code, cause, message, sku, order_ref, attempts,
            first_failed_at, last_failed_at, state""";
    private static final int GROUPS_MAX = 200;

    private final JdbcClient jdbc;

    DeadLetterReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static String matches(Filter filter) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        if (filter.channel() != null) {
            conditions.add("channel = :channel");
        }
        if (filter.cause() != null) {
            conditions.add("cause = :cause");
        }
        if (filter.sku() != null) {
            conditions.add("sku = :sku");
        }
        if (filter.since() != null) {
            conditions.add("last_failed_at >= :since");
        }
        if (filter.state() != null) {
            conditions.add("state = :state");
        }
        return String.join(" and ", conditions);
    }

    private JdbcClient.StatementSpec filtered(String sql, Filter filter) {
        return jdbc.sql(sql)
                .param("channel", filter.channel())
                .param("cause", filter.cause())
                .param("sku", filter.sku())
                .param("since", filter.since() == null ? null : filter.since().atOffset(ZoneOffset.UTC))
                .param("state", filter.state());
    }

    List<DeadLetter> list(Filter filter, @Nullable Long before, int limit) {
        return filtered(
                        "select " + HEAD + " from dead_letter where " + matches(filter)
                                + " and dead_letter_id < :before order by dead_letter_id desc limit :limit",
                        filter)
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit)
                .query((row, n) -> head(row))
                .list();
    }

    List<Long> ids(Filter filter) {
        return filtered(
                        "select dead_letter_id from dead_letter where " + matches(filter) + " order by dead_letter_id",
                        filter)
                .query(Long.class)
                .list();
    }

    List<DeadLetterStore.Known> known(Collection<Long> ids) {
        return jdbc.sql("select " + HEAD + ", inbox_id from dead_letter where dead_letter_id = any (?)")
                .param(ids.toArray(Long[]::new))
                .query((row, n) -> new DeadLetterStore.Known(head(row), row.getObject(15, Long.class)))
                .list();
    }

    Optional<Detail> get(long id) {
        return jdbc.sql("select " + HEAD + ", payload, content_type, history, mapping, connector, field,"
                        + " mapping_version, units, money, closed_by, closed_reason from dead_letter"
                        + " where dead_letter_id = ?")
                .param(id)
                .query((row, n) -> new Detail(
                        head(row),
                        row.getBytes(15),
                        row.getString(16),
                        AttemptHistory.read(row.getString(17)),
                        row.getString(18),
                        new About(
                                row.getString(19),
                                row.getString(20),
                                row.getString(21),
                                row.getObject(22, Long.class),
                                row.getBigDecimal(23),
                                row.getString(24),
                                row.getString(25))))
                .optional();
    }

    List<CauseGroup> byCause(Filter filter) {
        return filtered(
                        """
                        with part as (
                          select cause, channel, sku, count(*) as n, min(first_failed_at) as first_seen,
                            max(last_failed_at) as last_seen, max(dead_letter_id) as example, sum(units) as units,
                            sum(money) as money, count(*) - count(units) as unknown
                          from dead_letter where """
                                + " " + matches(filter)
                                + """
                         group by cause, channel, sku),
                        cause as (
                          select cause, sum(n)::bigint as n, min(first_seen) as first_seen, max(last_seen) as last_seen,
                            max(example) as example, count(distinct sku) as skus, array_agg(distinct channel) as channels,
                            sum(units)::bigint as units, sum(money) as money, sum(unknown)::bigint as unknown
                          from part group by cause order by n desc, cause limit :groups)
                        select g.cause, g.channels, e.code, e.message, g.n, g.first_seen, g.last_seen, e.flow, e.stage,
                          e.kind, e.mapping, g.example, g.skus, g.unknown, e.connector, e.field, e.mapping_version,
                          g.units, g.money
                        from cause g join dead_letter e on e.dead_letter_id = g.example order by g.n desc, g.cause""",
                        filter)
                .param("groups", GROUPS_MAX)
                .query((row, n) -> group(row))
                .list();
    }

    private static CauseGroup group(ResultSet row) throws SQLException {
        List<String> channels =
                List.copyOf(new TreeSet<>(List.of((String[]) row.getArray(2).getArray())));
        BigDecimal money = row.getBigDecimal(19);
        return new CauseGroup(
                row.getString(1),
                channels.getFirst(),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                instant(row, 6),
                instant(row, 7),
                channels,
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getLong(12),
                row.getLong(13),
                row.getLong(14),
                new About(
                        row.getString(15),
                        row.getString(16),
                        row.getString(17),
                        row.getObject(18, Long.class),
                        money,
                        null,
                        null));
    }

    long open() {
        return jdbc.sql("select count(*) from dead_letter where state in ('open', 'replaying')")
                .query(Long.class)
                .single();
    }

    private static DeadLetter head(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getInt(11),
                instant(row, 12),
                instant(row, 13),
                row.getString(14));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
