/** Tests of when a count is settled. */
@org.jspecify.annotations.NullMarked
package io.stockhub.stock.count;
