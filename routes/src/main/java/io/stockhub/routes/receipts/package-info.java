/**
 * Receipts of warehouses and how they become movements.
 */
@NullMarked
package io.stockhub.routes.receipts;

import org.jspecify.annotations.NullMarked;
