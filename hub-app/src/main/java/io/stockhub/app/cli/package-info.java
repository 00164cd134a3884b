/**
 * The command line: one class a command, talking to a running hub over HTTP.
 *
 * <p>Must not load Spring, so that a command answers at once; only {@code run} starts the hub.
 */
@NullMarked
package io.stockhub.app.cli;

import org.jspecify.annotations.NullMarked;
