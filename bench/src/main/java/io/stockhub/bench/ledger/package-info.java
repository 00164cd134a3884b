/**
 * The benchmark of the ledger: the stock master behind its front door against two yardsticks that write the same rows
 * the usual ways, and against what the database can take at all.
 */
@NullMarked
package io.stockhub.bench.ledger;

import org.jspecify.annotations.NullMarked;
