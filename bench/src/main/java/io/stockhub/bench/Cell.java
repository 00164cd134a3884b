package io.stockhub.bench;

import org.jspecify.annotations.Nullable;

/**
 * One contender under one load in one round, or the medians of its rounds.
 *
 * @param load for example {@code hot}
 * @param callers at once; 0 in an open loop
 * @param perSecond answered with yes, each second
 * @param databaseMicros of processor time of the database for each of them; null where the system does not say
 * @param processMicros of processor time of this JVM for each of them, the callers included
 * @param walBytes written ahead for each of them
 * @param p50Millis of an open loop, from the intended arrival; else null
 * @param p99Millis likewise
 */
public record Cell(
        String contender,
        String load,
        int callers,
        double perSecond,
        @Nullable Double databaseMicros,
        double processMicros,
        double walBytes,
        @Nullable Double p50Millis,
        @Nullable Double p99Millis) {}
