package io.stockhub.bench;

import java.sql.SQLException;
import java.util.List;

/**
 * One question that a benchmark answers. Made to be added to: a case is a class of its own and knows nothing of others.
 *
 * @param <S> what all cases of the benchmark share, made once: a database, a running hub
 */
public interface Case<S> {

    /**
     * What came of a case.
     *
     * @param rows to be printed, goals first
     * @param cells what was measured underneath, for the details and for charts
     */
    record Outcome(List<Row> rows, List<Cell> cells) {}

    /** For {@code --case}: lower-case words with dashes. */
    String name();

    /** For people, one line. */
    String title();

    /** When a case runs unless it is asked for by name. */
    enum When {
        /** Always. */
        ALWAYS,
        /** Not in a first impression. */
        IN_FULL,
        /** Never. */
        ASKED_FOR
    }

    default When when() {
        return When.ALWAYS;
    }

    /**
     * Measures and verifies.
     *
     * @throws BrokenPromiseException when what was measured was not right: oversold, out of balance, an answer missing
     */
    Outcome run(S stage, Pace pace, Progress progress) throws SQLException, InterruptedException;
}
