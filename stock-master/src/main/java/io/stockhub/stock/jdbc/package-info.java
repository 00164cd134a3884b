/**
 * All SQL of the stock master, its one lock order, and the batch writer. Only the wiring may name this package.
 */
@NullMarked
package io.stockhub.stock.jdbc;

import org.jspecify.annotations.NullMarked;
