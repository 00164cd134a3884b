/**
 * The desk for announced goods, and for what did not agree with its document.
 *
 * <p>It reads; what closes an inbound is a command of the stock master.
 */
@NullMarked
package io.stockhub.stock.inbound;

import org.jspecify.annotations.NullMarked;
