package io.stockhub.routes;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people do about what channels show: follow a reading of all, and decide what the hub leaves to them. */
public interface Reconciliation {

    /**
     * How far the reading of all listings of a channel has come, which somebody asked for or an incident caused.
     *
     * @param since what was read before then does not count
     * @param why {@code asked}, {@code breaker}, {@code settings}, {@code hub-was-down} or {@code dead-letters}
     * @param listings of the channel that have accepted a number at all
     * @param toRead of them, that were not read since
     * @param found drift that was found since
     */
    record Reading(
            String channel, @Nullable Instant since, @Nullable String why, long listings, long toRead, long found) {}

    /** Absent when there is no such channel. */
    Optional<Reading> reading(String channel);

    /** What a person may decide. */
    enum Decision {
        /** Our number is sent. What was adopted before bounds it no more. */
        OVERWRITE,
        /** The channel is right: it is told no more than it shows. */
        ADOPT;

        /** As it is spelled in the API and the database. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What became of a decision. */
    sealed interface Decided {
        record Done(ChannelDesk.Drift drift) implements Decided {}

        record NoSuchDrift() implements Decided {}

        /** @param why for people */
        record NothingToDecide(String why) implements Decided {}
    }

    /**
     * Decides about a listing that is held, or lifts what was adopted.
     *
     * @param reason for the record
     */
    Decided decide(long driftId, Decision decision, String by, String reason);
}
