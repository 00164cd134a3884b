/**
 * The desk for goods between two locations of ours.
 *
 * <p>It reads; what moves them are commands of the stock master.
 */
@NullMarked
package io.stockhub.stock.transfer;

import org.jspecify.annotations.NullMarked;
