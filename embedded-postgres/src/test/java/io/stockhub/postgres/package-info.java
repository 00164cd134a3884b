/**
 * Tests of the embedded server with real processes: killed, orphaned, refused and started again.
 * They need no network and no database of the machine.
 */
@NullMarked
package io.stockhub.postgres;

import org.jspecify.annotations.NullMarked;
