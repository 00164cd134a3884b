/**
 * What channels should show, and how it reaches them: newest wins, most urgent first.
 */
@NullMarked
package io.stockhub.routes.stockout;

import org.jspecify.annotations.NullMarked;
