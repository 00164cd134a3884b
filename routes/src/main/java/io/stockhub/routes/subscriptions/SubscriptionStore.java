package io.stockhub.routes.subscriptions;

import io.stockhub.routes.Subscriptions.Subscription;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The subscription table. All times are the database's. */
final class SubscriptionStore {
    private static final String SELECT =
            """
            select subscription_id, url, types, state = 'on', off_reason,
              (select count(*) from delivery d where d.target = 'subscription/' || s.subscription_id and d.state = 'waiting'),
              failing_since, last_error, last_arrived_at, created_by, created_at
            from subscription s""";

    private final JdbcClient jdbc;

    SubscriptionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is needed to send.
     *
     * @param saltBefore null: the secret was not changed lately
     * @param failingFor null: the last attempt succeeded
     */
    record Sending(String url, String salt, @Nullable String saltBefore, String keyId, @Nullable Duration failingFor) {}

    /** Its types and whether it is on. */
    record Wanted(long id, List<String> types) {}

    long create(String url, List<String> types, String salt, String keyId, String by) {
        return jdbc.sql(
                        """
                        insert into subscription (url, types, salt, key_id, created_by) values (?, ?, ?, ?, ?)
                        returning subscription_id""")
                .params(url, types.toArray(String[]::new), salt, keyId, by)
                .query(Long.class)
                .single();
    }

    List<Subscription> list() {
        return jdbc.sql(SELECT + " order by subscription_id")
                .query((row, n) -> subscription(row))
                .list();
    }

    Optional<Subscription> find(long id) {
        return jdbc.sql(SELECT + " where subscription_id = ?")
                .param(id)
                .query((row, n) -> subscription(row))
                .optional();
    }

    List<Wanted> on() {
        return jdbc.sql("select subscription_id, types from subscription where state = 'on' order by subscription_id")
                .query((row, n) -> new Wanted(row.getLong(1), types(row, 2)))
                .list();
    }

    /** Empty when it is off or there is none. */
    Optional<Sending> sending(long id) {
        return jdbc.sql(
                        """
                        select url, salt, case when before_until > now() then salt_before end, key_id,
                          1000 * extract(epoch from now() - failing_since)
                        from subscription where subscription_id = ? and state = 'on'""")
                .param(id)
                .query((row, n) -> new Sending(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5) == null ? null : Duration.ofMillis(row.getLong(5))))
                .optional();
    }

    void delete(long id) {
        jdbc.sql("delete from subscription where subscription_id = ?").param(id).update();
        jdbc.sql("delete from delivery where target = ?")
                .param(SubscriptionDesk.target(id))
                .update();
        jdbc.sql("delete from event_consumer where consumer = ?")
                .param(SubscriptionDesk.target(id))
                .update();
    }

    /** @param keep how long the salt before is used too; zero when it is worth nothing any more */
    void rotate(long id, String salt, String keyId, Duration keep) {
        jdbc.sql(
                        """
                        update subscription set salt_before = salt, before_until = now() + ? * interval '1 millisecond', salt = ?,
                          key_id = ? where subscription_id = ?""")
                .params(keep.toMillis(), salt, keyId, id)
                .update();
    }

    void resume(long id) {
        jdbc.sql(
                        "update subscription set state = 'on', off_reason = null, failing_since = null where subscription_id = ?")
                .param(id)
                .update();
    }

    /** Once a second is enough, for people. */
    void arrived(long id) {
        jdbc.sql(
                        """
                        update subscription set failing_since = null, last_error = null, last_arrived_at = now()
                        where subscription_id = ? and (failing_since is not null or last_arrived_at is null
                          or last_arrived_at < now() - interval '1 second')""")
                .param(id)
                .update();
    }

    void failed(long id, String why) {
        jdbc.sql(
                        """
                        update subscription set failing_since = coalesce(failing_since, now()), last_error = ?
                        where subscription_id = ?""")
                .params(why, id)
                .update();
    }

    void off(long id, String why) {
        jdbc.sql("update subscription set state = 'off', off_reason = ? where subscription_id = ? and state = 'on'")
                .params(why, id)
                .update();
    }

    private static Subscription subscription(ResultSet row) throws SQLException {
        return new Subscription(
                row.getLong(1),
                row.getString(2),
                types(row, 3),
                row.getBoolean(4),
                row.getString(5),
                row.getLong(6),
                at(row, 7),
                row.getString(8),
                at(row, 9),
                row.getString(10),
                row.getObject(11, OffsetDateTime.class).toInstant());
    }

    private static List<String> types(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static @Nullable Instant at(ResultSet row, int column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
