package io.stockhub.routes.edi;

import java.time.Clock;
import java.time.Duration;

/** What one call of the reader may still spend. One per call; not for two threads. */
final class Limits {
    static final int BYTES = 50 * 1024 * 1024;
    static final int SEGMENT_CHARACTERS = 64 * 1024;
    static final int SEGMENTS = 1_000_000;
    static final int INTERCHANGES = 10_000;
    static final Duration TIME = Duration.ofMinutes(5);

    /** Faults kept for each file; a set always keeps its first {@link #FAULTS_OF_A_SET}. */
    private static final int FAULTS = 20_000;

    private static final int FAULTS_OF_A_SET = 5;

    private final Clock clock;
    private final long deadline;
    private int segments = SEGMENTS;
    private int faults = FAULTS;

    Limits(Clock clock) {
        this.clock = clock;
        this.deadline = clock.millis() + TIME.toMillis();
    }

    int segmentsLeft() {
        return segments;
    }

    void spendSegments(int count) {
        segments = Math.max(0, segments - count);
    }

    /** Whether one more fault may be kept for a set that has so many already. */
    boolean spendFault(int ofThisSet) {
        return faults-- > 0 || ofThisSet < FAULTS_OF_A_SET;
    }

    /** @throws OutOfTime when the time for the file is used up */
    void checkTime() {
        if (clock.millis() > deadline) {
            throw new OutOfTime();
        }
    }

    /** Stops the reading of a file; never leaves this package. */
    static final class OutOfTime extends RuntimeException {
        OutOfTime() {
            super("not read within " + TIME.toSeconds() + " s", null, false, false);
        }
    }
}
