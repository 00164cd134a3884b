/**
 * Decides commands in memory: what a command does to a {@link io.stockhub.stock.ledger.Book} of balances, and which
 * rows that means. No SQL, no clock, no threads.
 */
@NullMarked
package io.stockhub.stock.ledger;

import org.jspecify.annotations.NullMarked;
