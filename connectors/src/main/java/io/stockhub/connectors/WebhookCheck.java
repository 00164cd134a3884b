package io.stockhub.connectors;

import org.jspecify.annotations.Nullable;

/** Whether a message that was pushed to us is from whom it says it is. */
public sealed interface WebhookCheck {

    /**
     * The signature is right.
     *
     * @param messageId the sender's id of the delivery, else the SHA-256 of the body; the same delivery has the same id
     * @param topic the sender's topic; empty when it names none
     * @param action the mapping to read it with, e.g. {@code order}; null when the topic is none of ours: store nothing
     */
    record Accepted(String messageId, String topic, @Nullable String action) implements WebhookCheck {}

    /**
     * Not proven to be from the sender: answer 401 and keep nothing.
     *
     * @param reason for the log; holds neither the signature nor the secret
     */
    record Rejected(String reason) implements WebhookCheck {}
}
