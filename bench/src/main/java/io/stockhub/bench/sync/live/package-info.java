/**
 * The timed cases of the benchmark {@code sync}: the hub as a process of its own, started as it is shipped, with its own
 * database, between the sandboxes of real systems, which run in this process.
 */
@NullMarked
package io.stockhub.bench.sync.live;

import org.jspecify.annotations.NullMarked;
