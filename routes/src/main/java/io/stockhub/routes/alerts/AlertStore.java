package io.stockhub.routes.alerts;

import io.stockhub.routes.Alerts.Alert;
import io.stockhub.routes.Alerts.Severity;
import io.stockhub.routes.Alerts.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The alert table. All times are the database's. */
final class AlertStore {
    private static final String COLUMNS =
            """
            alert_id, kind, subject, severity, title, meaning, action, docs, since, opened_at, seen_at, closed_at,
              acknowledged_by, acknowledged_at""";

    private final JdbcClient jdbc;

    AlertStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Incident> known() {
        return jdbc.sql(
                        "select alert_id, key, since, seen_at, opened_at is not null from alert where closed_at is null")
                .query((row, n) ->
                        new Incident(row.getLong(1), row.getString(2), at(row, 3), at(row, 4), row.getBoolean(5)))
                .list();
    }

    /** Does a step; the alert when people are to be told of it. */
    Optional<Alert> take(Step step) {
        return switch (step) {
            case Step.Begin begin -> begin(begin);
            case Step.BeginAgain again -> {
                say(again.id(), again.wrong(), "since = now()");
                yield Optional.empty();
            }
            case Step.Open open -> say(open.id(), open.wrong(), "opened_at = now()");
            case Step.GoOn on -> {
                say(on.id(), on.wrong(), "kind = kind");
                yield Optional.empty();
            }
            case Step.Close close -> returned("update alert set closed_at = now() where alert_id = ?", close.id());
            case Step.Forget forget -> {
                jdbc.sql("delete from alert where alert_id = ?")
                        .param(forget.id())
                        .update();
                yield Optional.empty();
            }
        };
    }

    private Optional<Alert> begin(Step.Begin begin) {
        Wrong wrong = begin.wrong();
        Optional<Alert> written = jdbc.sql(
                        """
                        insert into alert (key, kind, subject, severity, title, meaning, action, docs, since, seen_at, opened_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, now(), now(), case when ? then now() end)
                        returning """
                                + " " + COLUMNS)
                .params(
                        wrong.key(),
                        wrong.kind(),
                        wrong.subject(),
                        wrong.severity().code(),
                        wrong.words().title(),
                        wrong.words().meaning(),
                        wrong.words().action(),
                        wrong.words().docs(),
                        begin.open())
                .query((row, n) -> alert(row))
                .optional();
        return begin.open() ? written : Optional.empty();
    }

    /** The words of today, and seen again. */
    private Optional<Alert> say(long id, Wrong wrong, String change) {
        return returned(
                "update alert set severity = ?, title = ?, meaning = ?, action = ?, seen_at = now(), " + change
                        + " where alert_id = ?",
                wrong.severity().code(),
                wrong.words().title(),
                wrong.words().meaning(),
                wrong.words().action(),
                id);
    }

    private Optional<Alert> returned(String update, Object... params) {
        return jdbc.sql(update + " returning " + COLUMNS)
                .params(params)
                .query((row, n) -> alert(row))
                .optional();
    }

    List<Alert> list(@Nullable Boolean open, @Nullable Long before, int limit) {
        return jdbc.sql(
                        "select " + COLUMNS
                                + """
                         from alert
                        where opened_at is not null and (:open::boolean is null or (closed_at is null) = :open)
                          and (:before::bigint is null or alert_id < :before)
                        order by alert_id desc limit :limit""")
                .param("open", open)
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> alert(row))
                .list();
    }

    Optional<Alert> acknowledge(long id, String by) {
        return returned(
                """
                update alert set acknowledged_at = coalesce(acknowledged_at, now()),
                  acknowledged_by = coalesce(acknowledged_by, ?)
                where alert_id = ? and opened_at is not null""",
                by,
                id);
    }

    private static Alert alert(ResultSet row) throws SQLException {
        Instant since = at(row, 9);
        Instant opened = nullableAt(row, 10);
        return new Alert(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Severity.of(row.getString(4)),
                new Words(row.getString(5), row.getString(6), row.getString(7), row.getString(8)),
                since,
                opened == null ? since : opened,
                at(row, 11),
                nullableAt(row, 12),
                row.getString(13),
                nullableAt(row, 14));
    }

    private static Instant at(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant nullableAt(ResultSet row, int column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
