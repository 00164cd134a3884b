package io.stockhub.routes.selftest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What comes next in a test, decided by what is seen of the listing. */
final class Progress {
    private Progress() {}

    /**
     * A test and its listing at one moment.
     *
     * @param confirmed null: the channel never accepted a number
     * @param dirty a number waits to be confirmed
     * @param stopped the channel refuses the number for good
     * @param replanning a new number is being worked out
     * @param verified what the channel shows was seen since it accepted the last number
     * @param shown what it showed instead, seen in this stage; null: nothing else was seen
     * @param readable what it shows can be read at all
     */
    record Seen(
            String stage,
            Duration inStage,
            long told,
            long wanted,
            @Nullable Long confirmed,
            boolean dirty,
            boolean stopped,
            boolean replanning,
            boolean verified,
            @Nullable Long shown,
            boolean readable) {

        boolean settled() {
            return !dirty && !replanning && confirmed != null && confirmed == wanted;
        }
    }

    /** The next move. */
    sealed interface Move {
        /** Nothing to do yet. */
        record Wait() implements Move {}

        /** On to the next stage. */
        record Go(String stage) implements Move {}

        /** It ended well. */
        record Pass() implements Move {}

        /** It ended badly. */
        record Fail(String why) implements Move {}

        /** Somebody else changed the number: it says nothing. */
        record Disturbed() implements Move {}
    }

    /** @param patience how long a stage may take */
    static Move next(Seen seen, Duration patience) {
        boolean lower = seen.stage().equals("lowering") || seen.stage().equals("reading");
        if (lower && seen.wanted() != seen.told()) {
            return new Move.Disturbed();
        }
        if (seen.stopped()) {
            return new Move.Fail("it refuses the number");
        }
        Move move =
                switch (seen.stage()) {
                    case "lowering" -> seen.settled() ? new Move.Go("reading") : new Move.Wait();
                    case "reading" -> read(seen, new Move.Go("restoring"));
                    case "restoring" -> seen.settled() ? new Move.Go("reading-again") : new Move.Wait();
                    default -> read(seen, new Move.Pass());
                };
        return move instanceof Move.Wait && seen.inStage().compareTo(patience) > 0
                ? new Move.Fail("it took longer than " + patience.toMinutes() + " minutes " + words(seen.stage()))
                : move;
    }

    private static Move read(Seen seen, Move then) {
        if (!seen.readable() || !seen.dirty() && seen.verified()) {
            return then;
        }
        if (seen.shown() != null && seen.confirmed() != null && !seen.dirty()) {
            return new Move.Fail("it showed " + seen.shown() + " instead of " + seen.confirmed());
        }
        return new Move.Wait();
    }

    private static String words(String stage) {
        return switch (stage) {
            case "lowering" -> "until it accepted a lower number";
            case "restoring" -> "until it accepted the number of before";
            default -> "until it could be seen to show what it was told";
        };
    }
}
