package io.stockhub.routes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what came in together: a file, a replay, or all that one source did in a span of time. Nothing is deleted: each
 * movement is answered by its opposite, each order that was taken is cancelled, newest first, and channels are told the
 * numbers that follow. What was sold, shipped or moved on since cannot be undone; it stays, and is listed.
 */
public interface Undos {
    /** Most movements and orders of one undo. */
    int STEPS_MAX = 20_000;

    /** What is undone as one. */
    sealed interface Run {
        /** As a person names it, for example {@code edi:12}. */
        String name();
    }

    /** The documents of an EDI interchange, by the number that {@link #recent} shows. */
    record Interchange(long id) implements Run {
        @Override
        public String name() {
            return "edi:" + id;
        }
    }

    /** What a replay of dead letters brought in. */
    record Replay(long id) implements Run {
        @Override
        public String name() {
            return "replay:" + id;
        }
    }

    /**
     * All that a source did.
     *
     * @param source a channel, an EDI partner, or the name of a key
     * @param since when it was recorded here, this included
     * @param until not included
     */
    record Span(String source, Instant since, Instant until) implements Run {
        @Override
        public String name() {
            return source + ", " + since + " to " + until;
        }
    }

    /**
     * A run that could be undone.
     *
     * @param documents messages that it brought in
     */
    record Known(String run, Instant at, String source, String what, long documents) {}

    /** What becomes of one movement or order. */
    enum Outcome {
        UNDONE("undone"),
        IN_PART("in-part"),
        /** Nothing of it can be undone. */
        KEPT("kept"),
        ALREADY("already-undone");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        /** As on the API and in the database. */
        public String code() {
            return code;
        }

        /** @throws IllegalArgumentException when {@code code} is none of ours */
        public static Outcome of(String code) {
            for (Outcome outcome : values()) {
                if (outcome.code.equals(code)) {
                    return outcome;
                }
            }
            throw new IllegalArgumentException(code);
        }
    }

    /**
     * One movement or order of a run.
     *
     * @param number of the movement or the order in the ledger
     * @param kind of the movement; {@code order} for an order that was taken
     * @param what what it is about: the document, or channel and order
     * @param outcome null while it waits
     * @param message what stays, and why; null when nothing does
     */
    record Item(long number, String kind, String what, @Nullable Outcome outcome, @Nullable String message) {}

    /**
     * What undoing would do as things are now. Orders that take stock meanwhile change it.
     *
     * @param items all, newest first
     */
    record Plan(String run, List<Item> items) {}

    /**
     * An undo that was begun.
     *
     * @param state {@code running} or {@code done}
     * @param counts of each outcome that occurred, by its code
     */
    record Job(
            long undoId,
            String run,
            String state,
            String reason,
            String requestedBy,
            Instant requestedAt,
            @Nullable Instant endedAt,
            long total,
            long finished,
            Map<String, Long> counts) {}

    /** @param items at most 1,000, those that could not be undone whole first */
    record Progress(Job job, List<Item> items) {}

    /** Interchanges and replays that brought something in, newest first. */
    List<Known> recent(int limit);

    /**
     * What undoing the run would do. Writes nothing.
     *
     * @throws IllegalArgumentException naming the field, when there is no such run, or it is too long
     */
    Plan plan(Run run);

    /**
     * Begins to undo the run and returns at once; it goes on after a restart.
     *
     * @return the id of the undo
     * @throws IllegalArgumentException naming the field, when there is no such run, or it is too long
     */
    long start(Run run, String reason, String by);

    /** Absent when there is no such undo. */
    Optional<Progress> progress(long undoId);

    /** Newest first. */
    List<Job> list(int limit);
}
