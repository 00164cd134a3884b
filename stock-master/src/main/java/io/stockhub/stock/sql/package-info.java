/**
 * Queries and transactions without the ceremony, for the desks around the ledger.
 *
 * <p>The ledger itself does not use it: it has one connection a batch and a lock order of its own.
 */
@NullMarked
package io.stockhub.stock.sql;

import org.jspecify.annotations.NullMarked;
