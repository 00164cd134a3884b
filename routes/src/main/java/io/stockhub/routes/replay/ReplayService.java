package io.stockhub.routes.replay;

import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.Replays;
import io.stockhub.routes.deadletter.DeadLetterStore;
import io.stockhub.routes.inbox.InboxStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Replays are rows: what is left of one is done after a restart, by any hub. Each dead letter is taken by one conditional
 * update, so that two replays at once never run one message twice at the same time; the one that comes second waits for
 * what becomes of it.
 */
public final class ReplayService implements Replays {
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final int ITEMS_SHOWN = 1_000;

    /** An item of a replay whose turn it is. */
    private record Turn(long replayId, long deadLetterId, boolean dryRun) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DeadLetterStore deadLetters;
    private final InboxStore inbox;
    private final Resending resending;
    private final Runnable wake;

    public ReplayService(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            DeadLetterStore deadLetters,
            InboxStore inbox,
            Resending resending,
            Runnable wake) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.deadLetters = deadLetters;
        this.inbox = inbox;
        this.resending = resending;
        this.wake = wake;
    }

    @Override
    public long start(Request request) {
        List<Long> ids = ids(request);
        Long replayId = transaction.execute(status -> {
            if (request.payload() != null) {
                inbox.edit(inboxId(ids), request.payload());
            }
            long id = jdbc.sql(
                            """
                            insert into replay (requested_by, reason, dry_run, state, payload)
                            values (?, ?, ?, ?, ?) returning replay_id""")
                    .params(
                            request.requestedBy(),
                            request.reason(),
                            request.dryRun(),
                            ids.isEmpty() ? "done" : "running",
                            request.payload())
                    .query(Long.class)
                    .single();
            jdbc.sql("insert into replay_item (replay_id, dead_letter_id) select ?, unnest(?::bigint[])")
                    .params(id, ids.toArray(Long[]::new))
                    .update();
            return id;
        });
        wake.run();
        return Objects.requireNonNull(replayId);
    }

    private List<Long> ids(Request request) {
        if (request.payload() != null && request.dryRun()) {
            throw new IllegalArgumentException("payload: not with dryRun (expected: one of them)");
        }
        if (request.payload() != null && request.ids().size() != 1) {
            throw new IllegalArgumentException(
                    "payload: needs exactly one id, got " + request.ids().size());
        }
        if (!request.ids().isEmpty()) {
            List<Long> ids = request.ids().stream().distinct().sorted().toList();
            ids.stream().filter(id -> deadLetters.get(id).isEmpty()).findFirst().ifPresent(id -> {
                throw new IllegalArgumentException("ids: there is no dead letter " + id);
            });
            return ids;
        }
        DeadLetters.Filter filter = request.filter();
        if (filter == null) {
            throw new IllegalArgumentException("ids or filter: missing (expected: one of them)");
        }
        return deadLetters.ids(
                new DeadLetters.Filter(filter.channel(), filter.cause(), filter.sku(), filter.since(), "open"));
    }

    private long inboxId(List<Long> ids) {
        return jdbc.sql("select inbox_id from dead_letter where dead_letter_id = ? and inbox_id is not null")
                .param(ids.getFirst())
                .query(Long.class)
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("payload: dead letter " + ids.getFirst()
                        + " is not a message that came in; a stock update sends today's number"));
    }

    @Override
    public Optional<Progress> progress(long replayId) {
        return jdbc.sql(
                        """
                        select r.state, r.dry_run, count(i.dead_letter_id), count(i.outcome)
                        from replay r left join replay_item i using (replay_id)
                        where replay_id = ? group by r.state, r.dry_run""")
                .param(replayId)
                .query((row, n) -> new Progress(
                        replayId, row.getString(1), row.getBoolean(2), row.getLong(3), row.getLong(4), items(replayId)))
                .optional();
    }

    private List<Item> items(long replayId) {
        return jdbc.sql(
                        """
                        select dead_letter_id, outcome, message from replay_item where replay_id = ?
                        order by outcome = 'failed' desc nulls last, dead_letter_id limit ?""")
                .params(replayId, ITEMS_SHOWN)
                .query((row, n) -> new Item(row.getLong(1), row.getString(2), row.getString(3)))
                .list();
    }

    /** One step of the pump: the next item of the oldest replay, or nothing. */
    public Duration step() {
        Optional<Turn> turn = jdbc.sql(
                        """
                        with next as (
                          select replay_id, dead_letter_id from replay_item
                          where outcome is null and (claimed_until is null or claimed_until < now())
                          order by replay_id, dead_letter_id limit 1 for update skip locked)
                        update replay_item i set claimed_until = now() + interval '2 minutes' from next join replay r
                          using (replay_id)
                        where i.replay_id = next.replay_id and i.dead_letter_id = next.dead_letter_id
                        returning i.replay_id, i.dead_letter_id, r.dry_run""")
                .query((row, n) -> new Turn(row.getLong(1), row.getLong(2), row.getBoolean(3)))
                .optional();
        if (turn.isEmpty()) {
            return IDLE;
        }
        Optional<Resent> resent = resend(turn.get());
        if (resent.isEmpty()) {
            release(turn.get());
            return IDLE;
        }
        jdbc.sql(
                        """
                        update replay_item set outcome = ?, message = ?
                        where replay_id = ? and dead_letter_id = ? and outcome is null""")
                .params(
                        resent.get().outcome(),
                        resent.get().message(),
                        turn.get().replayId(),
                        turn.get().deadLetterId())
                .update();
        jdbc.sql(
                        """
                        update replay r set state = 'done' where replay_id = ? and not exists (
                          select 1 from replay_item i where i.replay_id = r.replay_id and outcome is null)""")
                .param(turn.get().replayId())
                .update();
        return Duration.ZERO;
    }

    /** Nobody knows yet: the item is looked at again. */
    private void release(Turn turn) {
        jdbc.sql("update replay_item set claimed_until = null where replay_id = ? and dead_letter_id = ?")
                .params(turn.replayId(), turn.deadLetterId())
                .update();
    }

    private Optional<Resent> resend(Turn turn) {
        DeadLetter letter = deadLetters.get(turn.deadLetterId()).orElseThrow().deadLetter();
        if (turn.dryRun()) {
            return Optional.of(resending.preview(letter));
        }
        return switch (letter.state()) {
            case "resolved" -> Optional.of(Resent.alreadyApplied("It was resolved before."));
            case "discarded" -> Optional.of(Resent.failed("It was discarded."));
            default -> resending.resend(letter);
        };
    }
}
