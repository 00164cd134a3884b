/**
 * Benchmarks: what a case is, how its figures become rows with goals, and how they are printed. Nothing here is part of
 * the hub.
 */
@NullMarked
package io.stockhub.bench;

import org.jspecify.annotations.NullMarked;
