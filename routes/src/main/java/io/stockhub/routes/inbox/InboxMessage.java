package io.stockhub.routes.inbox;

import io.stockhub.routes.failure.Words;

/**
 * A message to be stored.
 *
 * @param source channel or EDI partner
 * @param messageId the sender's id, or one made from the content; the same id with the same content is a duplicate
 * @param lane messages of one source and lane are handled one after another: the order, the document
 * @param mapping what reads it, for example {@code acme/order}
 */
public record InboxMessage(
        Flow flow, String source, String messageId, String lane, String mapping, String contentType, byte[] payload) {

    public InboxMessage {
        messageId = Words.keepable(messageId);
        lane = Words.keepable(lane);
    }

    /** The flows that take messages in. */
    public enum Flow {
        ORDERS_IN("orders-in"),
        RECEIPTS_IN("receipts-in"),
        ADJUSTMENTS_IN("adjustments-in");

        private final String code;

        Flow(String code) {
            this.code = code;
        }

        /** Name in the database, in dead letters and of the Camel route. */
        public String code() {
            return code;
        }

        static Flow of(String code) {
            for (Flow flow : values()) {
                if (flow.code.equals(code)) {
                    return flow;
                }
            }
            throw new IllegalArgumentException(code);
        }
    }
}
