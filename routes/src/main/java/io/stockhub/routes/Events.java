package io.stockhub.routes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened, and who has been told how much of it. */
public interface Events {

    /**
     * Somebody who is told everything.
     *
     * @param cursor position of the last event that it has for certain
     * @param behind events that it has not got
     * @param failingSince null when the last attempt to send succeeded
     */
    record Consumer(
            String name, long cursor, long behind, @Nullable Instant failingSince, @Nullable String lastError) {}

    /** All consumers, by name. */
    List<Consumer> consumers();

    /**
     * Sends events again, under the ids that they had: all that are kept and were noted since then.
     *
     * @param since null for all that are kept
     * @return how many will come again; empty when there is no such consumer
     */
    Optional<Long> rewind(String consumer, @Nullable Instant since);

    /** Tells the stock of every SKU once more, whether it changed or not: to readers that lost what they knew. */
    void tellAllStock();
}
