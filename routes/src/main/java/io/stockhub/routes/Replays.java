package io.stockhub.routes;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters again. A replayed event keeps its idempotency key, so it takes effect once however often it is
 * replayed; a replayed stock update sends today's number.
 */
public interface Replays {

    /**
     * What to replay: {@code ids}, or all open dead letters that match {@code filter}.
     *
     * @param dryRun says what would happen and changes nothing
     * @param payload another payload instead of the stored one; only with exactly one id of an inbound message
     * @param reason why, for the record; may be null
     */
    record Request(
            List<Long> ids,
            DeadLetters.@Nullable Filter filter,
            boolean dryRun,
            byte @Nullable [] payload,
            @Nullable String reason,
            String requestedBy) {}

    /** How far a replay is; {@code state} is {@code running} or {@code done}. */
    record Progress(long replayId, String state, boolean dryRun, long total, long finished, List<Item> items) {}

    /**
     * One message of a replay.
     *
     * @param outcome {@code applied}, {@code already-applied}, {@code superseded}, {@code failed}; null while waiting.
     *     In a dry run it is what would happen.
     */
    record Item(long deadLetterId, @Nullable String outcome, @Nullable String message) {}

    /**
     * Starts a replay and returns at once.
     *
     * @return the id of the replay; a request that matches nothing is a finished replay of 0
     * @throws IllegalArgumentException when neither ids nor filter is given, an id does not exist, or a payload comes
     *     with other than one inbound message
     */
    long start(Request request);

    /** Absent when there is no such replay. Items are at most 1,000, failures first. */
    Optional<Progress> progress(long replayId);
}
