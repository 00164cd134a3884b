package io.stockhub.routes.inbox;

import io.stockhub.routes.DeadLetters.Attempt;
import io.stockhub.routes.Inbox.Life;
import io.stockhub.routes.Inbox.Message;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds messages by what people know of them, each way by an index, however many messages there are. */
final class InboxSearch {
    /**
     * Where messages come from is a short list, walked along the index; then each is asked for the name. A limit inside
     * keeps the planner from reading the table as a whole, since it cannot know how short the list is.
     */
    private static final String NAMED =
            """
            with recursive door (source, flow) as (
              (select source, flow from inbox order by source, flow limit 1)
              union all
              select n.source, n.flow from door d cross join lateral (
                select i.source, i.flow from inbox i where (i.source, i.flow) > (d.source, d.flow)
                order by i.source, i.flow limit 1) n),
            of_sku (reservation_id) as (
              (select p.reservation_id from (
                 select reservation_id from posting where sku = :text order by movement_id desc limit 200) p
               where p.reservation_id is not null)
              union
              (select reservation_id from reservation_line where sku = :text and backordered > 0
               order by reservation_id desc limit 200)),
            named (inbox_id) as (
              select inbox_id from inbox where inbox_id = :number
              union
              select i.inbox_id from door d cross join lateral (
                select inbox_id from inbox
                where source = d.source and flow = d.flow and message_id = :text limit 1) i
              union
              select i.inbox_id from door d cross join lateral (
                select inbox_id from inbox where source = d.source and flow = d.flow and lane = :text
                order by inbox_id desc limit 200) i
              union
              select i.inbox_id from of_sku o join reservation r using (reservation_id) cross join lateral (
                -- The ledger's names are collated otherwise; without a word about it no index of ours fits.
                select inbox_id from inbox
                where source = r.channel collate "default" and flow = 'orders-in'
                  and lane = r.order_ref collate "default"
                order by inbox_id desc limit 200) i
              union
              (select inbox_id from (
                 select inbox_id from dead_letter where sku = :text order by dead_letter_id desc limit 200) l
               where inbox_id is not null))
            select inbox_id from named where inbox_id < :before order by inbox_id desc limit :limit""";

    private final JdbcClient jdbc;

    InboxSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first. */
    List<Long> ids(String text, @Nullable Long before, int limit) {
        return jdbc.sql(NAMED)
                .param("text", text)
                .param("number", text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1)
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    Life life(Message message) {
        List<Attempt> failures = jdbc.sql(
                        """
                        select h ->> 'attempt', (h ->> 'at')::timestamptz, h ->> 'code', h ->> 'message'
                        from inbox i cross join jsonb_array_elements(i.history) with ordinality as e (h, n)
                        where i.inbox_id = ? order by n""")
                .param(message.id())
                .query((row, n) -> new Attempt(
                        row.getInt(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4)))
                .list();
        return jdbc.sql("select done_at, outcome from inbox where inbox_id = ?")
                .param(message.id())
                .query((row, n) -> {
                    OffsetDateTime done = row.getObject(1, OffsetDateTime.class);
                    Instant doneAt = done == null ? null : done.toInstant();
                    String outcome = row.getString(2);
                    return new Life(
                            message,
                            failures,
                            doneAt,
                            outcome == null
                                    ? null
                                    : outcome.toLowerCase(Locale.ROOT).replace('_', '-'));
                })
                .single();
    }
}
