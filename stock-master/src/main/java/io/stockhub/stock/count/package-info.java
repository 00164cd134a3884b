/**
 * Cycle counts: who counted what, when two counts settle a line, and the one movement that a count becomes.
 *
 * <p>It never writes stock: a posted count is a command of the stock master.
 */
@NullMarked
package io.stockhub.stock.count;

import org.jspecify.annotations.NullMarked;
