package io.stockhub.routes;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people ask of alerts: what is wrong, I have seen it, would I be told? */
public interface Alerts {

    /** How bad it is. */
    enum Severity {
        /** Money is being lost, or will be soon. */
        CRITICAL,
        /** Somebody should look at it today. */
        WARNING;

        /** As it is spelled in the API and the database. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Severity of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What people are told.
     *
     * @param title what is wrong, in one line
     * @param meaning what follows from it
     * @param action what to do next
     * @param docs a place in this repository
     */
    record Words(String title, String meaning, String action, String docs) {}

    /**
     * One incident.
     *
     * @param subject the channel or subscription that it is about; null: the whole hub
     * @param since when it was first seen; {@code openedAt} when it had lasted long enough to be told
     * @param seenAt when it was seen last
     * @param closedAt when it had been over for long enough; null while it is open
     * @param acknowledgedBy who has seen it; null: nobody yet
     */
    record Alert(
            long id,
            String kind,
            @Nullable String subject,
            Severity severity,
            Words words,
            Instant since,
            Instant openedAt,
            Instant seenAt,
            @Nullable Instant closedAt,
            @Nullable String acknowledgedBy,
            @Nullable Instant acknowledgedAt) {}

    /**
     * Newest first.
     *
     * @param open only those that are open, or only those that are closed; null: all
     * @param before the id of the last one of the page before; null for the first page
     */
    List<Alert> list(@Nullable Boolean open, @Nullable Long before, int limit);

    /**
     * Figures for those who watch the hub from outside.
     *
     * @param critical open alerts, and {@code warnings}
     * @param exposedUnits that could be oversold in the worst case, over all SKUs, as of {@code exposedAt}; null: not found out
     *     yet
     * @param dividedUnits those of them whose SKU is in escrow
     * @param undelivered messages of alerts and subscriptions that have not arrived yet
     */
    record Figures(
            long critical,
            long warnings,
            @Nullable Long exposedUnits,
            @Nullable Long dividedUnits,
            @Nullable Instant exposedAt,
            long undelivered) {}

    Figures figures();

    /** Notes who has seen it; the first one stays. Empty when there is no such alert. */
    Optional<Alert> acknowledge(long id, String by);

    /**
     * How a receiver is doing.
     *
     * @param waiting messages that have not arrived yet
     * @param lastArrivedAt when one arrived last; null: none yet
     * @param lastError why the last attempt failed, of those that wait; null: none has failed
     */
    record Receiver(String id, long waiting, @Nullable Instant lastArrivedAt, @Nullable String lastError) {}

    /** All to whom alerts are sent. */
    List<Receiver> receivers();

    /**
     * Sends a test message to every receiver.
     *
     * @return its id; the same for all of them
     */
    String test(String by);
}
