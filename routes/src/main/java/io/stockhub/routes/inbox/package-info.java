/**
 * Messages from their acknowledgement to their effect: stored once, handled in order, retried from the database.
 */
@NullMarked
package io.stockhub.routes.inbox;

import org.jspecify.annotations.NullMarked;
