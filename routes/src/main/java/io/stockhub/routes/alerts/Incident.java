package io.stockhub.routes.alerts;

import java.time.Instant;

/**
 * What is known about something that was wrong when last looked.
 *
 * @param since when it was first seen, {@code seen} when last
 * @param opened people were told
 */
record Incident(long id, String key, Instant since, Instant seen, boolean opened) {}
