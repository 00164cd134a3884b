/** The ledger's behaviour on a real PostgreSQL. */
@NullMarked
package io.stockhub.stock;

import org.jspecify.annotations.NullMarked;
