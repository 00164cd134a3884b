/**
 * What it takes to tell channels their numbers: a simulation of a flash sale in which ledger, hub and channels share one
 * clock, so that a seed repeats it exactly.
 */
@NullMarked
package io.stockhub.bench.sync;

import org.jspecify.annotations.NullMarked;
