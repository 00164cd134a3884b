package io.stockhub.routes.outbound;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The delivery table: what has to reach whom, and how far it got. All times are the database's. */
public final class DeliveryStore {
    private final JdbcClient jdbc;

    public DeliveryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A message that is this hub's to send. @param attempts made before, failed */
    record Claimed(long id, long claim, int attempts, Duration age, Message message) {}

    /** Keeps messages for sending; one that is known by its id already has no effect. */
    public void add(List<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into delivery (target, lane, message_id, type, body)
                        select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                        on conflict on constraint delivered_once do nothing""")
                .params(
                        column(messages, Message::target),
                        column(messages, Message::lane),
                        column(messages, Message::id),
                        column(messages, Message::type),
                        column(messages, Message::body))
                .update();
    }

    private static String[] column(List<Message> rows, Function<Message, String> field) {
        return rows.stream().map(field).toArray(String[]::new);
    }

    /** Targets for which something is due. */
    List<String> due() {
        return jdbc.sql("select distinct target from delivery where state = 'waiting' and next_attempt_at <= now()")
                .query(String.class)
                .list();
    }

    /** Claims the first message of each lane of a target that is due; none of a lane whose first one rests. */
    List<Claimed> claim(String target, int max, Duration lease) {
        return jdbc.sql(
                        """
                        with due as (
                          select delivery_id from delivery d
                          where target = ? and state = 'waiting' and next_attempt_at <= now()
                            and (claimed_until is null or claimed_until < now())
                            and not exists (select from delivery before
                              where before.target = d.target and before.lane = d.lane and before.state = 'waiting'
                                and before.delivery_id < d.delivery_id)
                          order by delivery_id limit ? for update skip locked)
                        update delivery d set claim = nextval('claim_token'),
                          claimed_until = now() + ? * interval '1 millisecond'
                        from due where d.delivery_id = due.delivery_id
                        returning d.delivery_id, claim, attempts, (extract(epoch from now() - created_at) * 1000)::bigint,
                          target, lane, message_id, type, body""")
                .params(target, max, lease.toMillis())
                .query((row, n) -> new Claimed(
                        row.getLong(1),
                        row.getLong(2),
                        row.getInt(3),
                        Duration.ofMillis(row.getLong(4)),
                        new Message(
                                row.getString(5),
                                row.getString(6),
                                row.getString(7),
                                row.getString(8),
                                row.getString(9))))
                .list();
    }

    /** It arrived. */
    void arrived(Claimed one) {
        ended(one, "delivered", null);
    }

    /** Nobody tries it again. */
    void givenUp(Claimed one, String why) {
        ended(one, "dead", why);
    }

    private void ended(Claimed one, String state, @Nullable String why) {
        jdbc.sql(
                        """
                        update delivery set state = ?, last_error = ?, attempts = attempts + 1, claimed_until = null,
                          ended_at = now()
                        where delivery_id = ? and claim = ? and state = 'waiting'""")
                .params(state, why, one.id(), one.claim())
                .update();
    }

    /** It did not arrive; it is tried again after the pause. */
    void failed(Claimed one, String why, Duration pause) {
        jdbc.sql(
                        """
                        update delivery set last_error = ?, attempts = attempts + 1, claimed_until = null,
                          next_attempt_at = now() + ? * interval '1 millisecond'
                        where delivery_id = ? and claim = ? and state = 'waiting'""")
                .params(why, pause.toMillis(), one.id(), one.claim())
                .update();
    }

    /** How many messages wait for a target. */
    public long waiting(String target) {
        return jdbc.sql("select count(*) from delivery where target = ? and state = 'waiting'")
                .param(target)
                .query(Long.class)
                .single();
    }

    /** Tries everything that waits for a target at once, as if it were new. */
    public void hurry(String target) {
        jdbc.sql(
                        "update delivery set next_attempt_at = now(), created_at = now() where target = ? and state = 'waiting'")
                .param(target)
                .update();
    }

    /** Forgets what ended long ago, some at a time. */
    int clean(Duration keep) {
        return jdbc.sql(
                        """
                        delete from delivery where delivery_id in (
                          select delivery_id from delivery
                          where state <> 'waiting' and ended_at < now() - ? * interval '1 millisecond' limit 1000)""")
                .param(keep.toMillis())
                .update();
    }
}
