/**
 * Adjustments that others report, and how they become movements.
 */
@NullMarked
package io.stockhub.routes.adjustments;

import org.jspecify.annotations.NullMarked;
