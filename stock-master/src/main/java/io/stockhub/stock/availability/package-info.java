/**
 * What may be sold, and when: the rules file, available to sell with its reasons, and available to promise by date.
 *
 * <p>Decisions are pure functions of records. A front door like {@code io.stockhub.stock}, which must not know this
 * package.
 */
@NullMarked
package io.stockhub.stock.availability;

import org.jspecify.annotations.NullMarked;
