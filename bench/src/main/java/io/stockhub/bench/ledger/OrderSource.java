package io.stockhub.bench.ledger;

/** The orders of one caller, one after another; for one thread. */
@FunctionalInterface
interface OrderSource {
    Order next();
}
