package io.stockhub.routes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Other systems that are sent what happens, as signed webhooks. */
public interface Subscriptions {

    /**
     * One of them.
     *
     * @param types of events, such as {@code stock.changed}; empty means all
     * @param on false: the hub has switched it off for {@code offReason}
     * @param waiting messages that have not arrived yet
     * @param failingSince null: the last attempt succeeded
     */
    record Subscription(
            long id,
            String url,
            List<String> types,
            boolean on,
            @Nullable String offReason,
            long waiting,
            @Nullable Instant failingSince,
            @Nullable String lastError,
            @Nullable Instant lastArrivedAt,
            String createdBy,
            Instant createdAt) {}

    /** One with its secret, which is shown this once. */
    record WithSecret(Subscription subscription, String secret) {
        @Override
        public String toString() {
            return subscription + " ***";
        }
    }

    /** All types of events there are. */
    List<String> types();

    /**
     * Begins to send what happens from now on.
     *
     * @throws IllegalArgumentException when the URL must not be called, with the reason
     */
    WithSecret create(String url, List<String> types, String by);

    /** By id. */
    List<Subscription> list();

    /** Stops and forgets it; false when there is no such subscription. */
    boolean delete(long id);

    /** Sends a test message; its id, or empty when there is no such subscription. */
    Optional<String> test(long id);

    /** A new secret; messages are signed with the old one too for a day. Empty when there is no such subscription. */
    Optional<WithSecret> rotate(long id);

    /** Goes on with one that was switched off, and tries at once what waits; empty when there is none. */
    Optional<Subscription> resume(long id);
}
