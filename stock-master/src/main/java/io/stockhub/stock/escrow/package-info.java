/**
 * How units are divided among channels so that, whatever is late or lost, they cannot together sell more than there is. Pure:
 * numbers and times in, numbers out; who keeps them, and who sends them, lives elsewhere.
 */
@NullMarked
package io.stockhub.stock.escrow;

import org.jspecify.annotations.NullMarked;
