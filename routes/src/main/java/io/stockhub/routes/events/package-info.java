/**
 * What happened, as events in one order that consumers read by a cursor. Knows nobody who reads: who sends events
 * somewhere is an {@link io.stockhub.routes.events.EventSink}.
 */
@NullMarked
package io.stockhub.routes.events;

import org.jspecify.annotations.NullMarked;
