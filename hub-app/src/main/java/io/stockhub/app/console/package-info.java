/**
 * The pages for people: rendered on the server, kept live by server-sent events, complete without JavaScript.
 *
 * <p>Reads through the front doors only; what changes something is asked of them as well.
 */
@NullMarked
package io.stockhub.app.console;

import org.jspecify.annotations.NullMarked;
