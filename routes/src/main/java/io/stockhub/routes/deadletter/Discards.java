package io.stockhub.routes.deadletter;

import io.stockhub.routes.DeadLetters.Discarded;
import io.stockhub.routes.DeadLetters.Filter;
import io.stockhub.routes.DeadLetters.Refused;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Messages that shall have no effect. A message that is being tried again at this moment stays, and so does a stock update:
 * the next number that the channel confirms resolves it.
 */
final class Discards {
    private static final int REFUSED_MAX = 1_000;
    private static final String DISCARD =
            """
            with message as (
              update inbox set state = 'discarded', done_at = now()
              where inbox_id in (select inbox_id from dead_letter where dead_letter_id = any (:ids)) and state = 'dead'
              returning inbox_id)
            update dead_letter d set state = 'discarded', resolved_at = now(), closed_by = :by, closed_reason = :reason
            where d.dead_letter_id = any (:ids) and d.state in ('open', 'replaying')
              and (d.inbox_id in (select inbox_id from message) or d.flow = 'edi-in')
            returning d.dead_letter_id""";

    private final JdbcClient jdbc;
    private final DeadLetterReads reads;

    Discards(JdbcClient jdbc, DeadLetterReads reads) {
        this.jdbc = jdbc;
        this.reads = reads;
    }

    boolean one(long id) {
        return !discard(List.of(id), null, null).isEmpty();
    }

    Discarded all(List<Long> ids, @Nullable Filter filter, String reason, String by) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason: missing (expected: why they shall have no effect)");
        }
        if (ids.isEmpty() == (filter == null)) {
            throw new IllegalArgumentException("ids: (expected: either ids or a filter)");
        }
        List<Long> asked = filter == null ? ids.stream().distinct().sorted().toList() : reads.ids(filter.open());
        if (filter == null) {
            Set<Long> known = new HashSet<>();
            reads.known(asked).forEach(one -> known.add(one.deadLetter().id()));
            asked.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
                throw new IllegalArgumentException("ids: there is no dead letter " + id);
            });
        }
        Set<Long> done = new HashSet<>(discard(asked, reason, by));
        List<Long> left = asked.stream()
                .filter(id -> !done.contains(id))
                .limit(REFUSED_MAX)
                .toList();
        List<Refused> refused = reads.known(left).stream()
                .map(one -> new Refused(one.deadLetter().id(), why(one)))
                .sorted((a, b) -> Long.compare(a.id(), b.id()))
                .toList();
        return new Discarded(done.size(), refused);
    }

    private List<Long> discard(List<Long> ids, @Nullable String reason, @Nullable String by) {
        return jdbc.sql(DISCARD)
                .param("ids", ids.toArray(Long[]::new))
                .param("reason", reason)
                .param("by", by)
                .query(Long.class)
                .list();
    }

    private static String why(DeadLetterStore.Known one) {
        return switch (one.deadLetter().state()) {
            case "resolved" -> "It was resolved before.";
            case "discarded" -> "It was discarded before.";
            default ->
                one.inboxId() == null
                        ? "A stock update cannot be discarded: the next number that the channel accepts resolves it."
                        : "It is being tried again at this moment.";
        };
    }
}
