/**
 * Decides which warehouse ships what of one order, and says why: every candidate with its score.
 *
 * <p>A pure function of rules, stock, load and time. It must not know SQL, a clock or any channel, and reserves nothing.
 */
@NullMarked
package io.stockhub.stock.routing;

import org.jspecify.annotations.NullMarked;
