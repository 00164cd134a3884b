package io.stockhub.stock.inbound;

import io.stockhub.stock.DiscrepancyDesk;
import io.stockhub.stock.DiscrepancyKind;
import io.stockhub.stock.InvalidCommandException;
import io.stockhub.stock.Limits;
import io.stockhub.stock.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Discrepancies in PostgreSQL. */
public final class JdbcDiscrepancies implements DiscrepancyDesk {
    private static final String SELECT =
            """
            select discrepancy_id, document, location, reference, sku, kind, quantity, movement_id, noted_at,
                   resolution, note, resolved_by, resolved_at
            from discrepancy
            """;

    private final Sql sql;

    public JdbcDiscrepancies(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public List<Discrepancy> discrepancies(@Nullable Boolean open, @Nullable Document document, long after, int limit) {
        String state = open == null ? "" : open ? " and resolution is null" : " and resolution is not null";
        return sql.list(
                SELECT + "where discrepancy_id > ? and (?::text is null or document = ?)" + state
                        + " order by discrepancy_id limit ?",
                JdbcDiscrepancies::read,
                after,
                code(document),
                code(document),
                limit);
    }

    private static @Nullable String code(@Nullable Document document) {
        return document == null ? null : document.code();
    }

    /** Those of one document, oldest first. */
    public List<Discrepancy> of(Document document, String location, String reference) {
        return sql.list(
                SELECT + "where document = ? and location = ? and reference = ? order by discrepancy_id",
                JdbcDiscrepancies::read,
                document.code(),
                location,
                reference);
    }

    @Override
    public Resolved resolve(long id, String resolution, @Nullable String note, String actor) {
        text("resolution", resolution, Limits.NAME_LENGTH_MAX);
        if (note != null) {
            text("note", note, Limits.REFERENCE_LENGTH_MAX);
        }
        if (resolution.equals("reversed")) {
            throw new InvalidCommandException(
                    "resolution",
                    "\"reversed\" (expected: another word; the ledger says it when a movement is undone)");
        }
        return sql.transaction(session -> {
            Optional<Discrepancy> found =
                    session.first(SELECT + "where discrepancy_id = ? for update", JdbcDiscrepancies::read, id);
            if (found.isEmpty()) {
                return new Resolved.Unknown();
            }
            Discrepancy before = found.get();
            if (before.document() == Document.INBOUND) {
                return new Resolved.OfAnInbound(before);
            }
            if (!before.open()) {
                boolean same = resolution.equals(before.resolution()) && Objects.equals(note, before.note());
                return same ? new Resolved.Done(before, true) : new Resolved.Otherwise(before);
            }
            session.write(
                    """
                    update discrepancy set resolution = ?, note = ?, resolved_by = ?, resolved_at = clock_timestamp()
                    where discrepancy_id = ?""",
                    resolution,
                    note,
                    actor,
                    id);
            return new Resolved.Done(
                    session.list(SELECT + "where discrepancy_id = ?", JdbcDiscrepancies::read, id)
                            .getFirst(),
                    false);
        });
    }

    private static void text(String field, String value, int max) {
        if (value.isBlank() || value.length() > max || value.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidCommandException(field, "(expected: 1 to " + max + " printable characters)");
        }
    }

    private static Discrepancy read(ResultSet row) throws SQLException {
        return new Discrepancy(
                row.getLong(1),
                Document.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                DiscrepancyKind.of(row.getString(6)),
                row.getLong(7),
                row.getObject(8, Long.class),
                Sql.time(row, 9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                Sql.optionalTime(row, 13));
    }
}
