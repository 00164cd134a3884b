package io.stockhub.routes;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters again. A replayed event keeps its idempotency key, so it takes effect once however often it is
 * replayed; a replayed stock update sends today's number. Messages of one lane (order, document, listing) go one after
 * another, oldest first, whatever job they are in.
 */
public interface Replays {

    /**
     * What to replay: {@code ids}, or all open dead letters that match {@code filter}.
     *
     * @param dryRun says what would happen and changes nothing
     * @param payload another payload instead of the stored one; only with exactly one id of an inbound message
     * @param reason why, for the record; may be null
     * @param rate at most so many messages a second; null for as fast as they are taken
     */
    record Request(
            List<Long> ids,
            DeadLetters.@Nullable Filter filter,
            boolean dryRun,
            byte @Nullable [] payload,
            @Nullable String reason,
            String requestedBy,
            @Nullable BigDecimal rate) {
        /** As fast as they are taken. */
        public Request(
                List<Long> ids,
                DeadLetters.@Nullable Filter filter,
                boolean dryRun,
                byte @Nullable [] payload,
                @Nullable String reason,
                String requestedBy) {
            this(ids, filter, dryRun, payload, reason, requestedBy, null);
        }
    }

    /**
     * A replay as a whole.
     *
     * @param state {@code running}, {@code paused}, {@code cancelled} or {@code done}
     * @param finished how many have an outcome
     * @param counts messages of each outcome that occurred
     * @param changedBy who paused, resumed or cancelled it last; null when nobody did
     */
    record Job(
            long replayId,
            String state,
            boolean dryRun,
            @Nullable String reason,
            String requestedBy,
            Instant requestedAt,
            @Nullable BigDecimal rate,
            @Nullable String changedBy,
            @Nullable Instant endedAt,
            long total,
            long finished,
            Map<String, Long> counts) {}

    /** How far a replay is. @param items at most 1,000, failures first */
    record Progress(Job job, List<Item> items) {}

    /**
     * One message of a replay.
     *
     * @param outcome {@code applied}, {@code already-applied}, {@code superseded}, {@code failed}, {@code cancelled}; null
     *     while waiting. In a dry run it is what would happen, and {@code conflict} where something else took effect under
     *     its key.
     */
    record Item(long deadLetterId, @Nullable String outcome, @Nullable String message) {}

    /** What a person does with a job that runs. */
    enum Act {
        PAUSE,
        RESUME,
        /** What was not begun is not replayed. */
        CANCEL
    }

    /**
     * What is done about a cause.
     *
     * @param kind {@code alias}, or {@code mapping}, {@code unit} and {@code other}, which were done elsewhere and are noted
     * @param sku with an alias, and only there: the SKU that the name of the cause means
     */
    record Fix(
            String cause,
            String kind,
            @Nullable String sku,
            @Nullable String reason,
            String by,
            @Nullable BigDecimal rate) {}

    /** A fix that was made; {@code system} and {@code alias} are null unless an alias was. */
    record Fixed(long replayId, long letters, @Nullable String system, @Nullable String alias) {}

    /**
     * Starts a replay and returns at once.
     *
     * @return the id of the replay; a request that matches nothing is a finished replay of 0
     * @throws IllegalArgumentException when neither ids nor filter is given, an id does not exist, a rate is not positive,
     *     or a payload comes with other than one inbound message; begins with the name of the field
     */
    long start(Request request);

    /** Absent when there is no such replay. Items are at most 1,000, failures first. */
    Optional<Progress> progress(long replayId);

    /** Newest first, those with an id below {@code before} (null for the newest), at most {@code limit}. */
    List<Job> list(@Nullable Long before, int limit);

    /**
     * Pauses, resumes or cancels. Messages that are in hand at this moment still end.
     *
     * @return the job as it is now; absent when there is none of that id
     * @throws IllegalStateException when it is over
     */
    Optional<Job> change(long replayId, Act act, String by);

    /**
     * Makes the fix and replays all open dead letters of the cause, in one call. Made twice it changes nothing more.
     *
     * @return absent when there is no open dead letter of the cause
     * @throws IllegalArgumentException naming the field, when the fix does not fit the cause; nothing was changed
     */
    Optional<Fixed> fix(Fix fix);
}
