package io.stockhub.bench.ledger;

import java.sql.SQLException;

/** A way to take orders. Safe for many callers at once; each call returns after its commit. */
interface Contender extends AutoCloseable {
    String name();

    /**
     * Takes the next order, or for those that take many at once the next few.
     *
     * @return how many were accepted; 0 when there was not enough stock
     */
    int take(OrderSource orders) throws SQLException, InterruptedException;

    /** How many callers it can do with when there are {@code asked}. */
    default int callers(int asked) {
        return asked;
    }

    @Override
    void close() throws SQLException;
}
