package io.stockhub.routes.outbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where messages go: one webhook, or the people of one mail address list. */
public interface Receiver {

    /** What became of one attempt. */
    sealed interface Outcome {
        /** It has it. */
        record Arrived() implements Outcome {}

        /** Try again. @param retryAfter what it asked for; null when it said nothing */
        record Failed(String why, @Nullable Duration retryAfter) implements Outcome {}

        /** It never wants this message, nor any other. */
        record Gone(String why) implements Outcome {}
    }

    /**
     * Sends a message once. Takes a bounded time and throws nothing that it can foresee.
     *
     * @param message its id is the same at every attempt, so that the receiver can tell duplicates
     */
    Outcome send(Message message);
}
