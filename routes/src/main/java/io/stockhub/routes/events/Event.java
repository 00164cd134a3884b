package io.stockhub.routes.events;

import java.time.Instant;

/**
 * Something that happened.
 *
 * @param position its place among all events; grows, without gaps
 * @param id made of what it tells: told again it is the same, so that who has seen it can pass it by
 * @param subject what it is about: the SKU, {@code channel:orderRef}, the number of the dead letter
 * @param key events of one key stay in order
 * @param sequence of two events of a type about one subject, the higher one is newer
 * @param data JSON, without payloads and secrets
 */
public record Event(
        long position,
        String id,
        Type type,
        String subject,
        String key,
        long sequence,
        Instant happenedAt,
        String data) {

    /** What happened. */
    public enum Type {
        /** There is another amount of a SKU; how much of it in each state, at each location. */
        STOCK_CHANGED("stock.changed"),
        /** An order came, or something became of it; all of its lines as they are now. */
        ORDER_CHANGED("order.changed"),
        /** A message, or a number for a channel, could not be handled and waits for somebody. */
        DEAD_LETTER_OPENED("dead-letter.opened"),
        /** It was replayed, discarded or settled by itself. */
        DEAD_LETTER_CLOSED("dead-letter.closed");

        private final String code;

        Type(String code) {
            this.code = code;
        }

        /** Name in the database and in settings; on the wire it is preceded by {@code io.stockhub.}. */
        public String code() {
            return code;
        }

        /** @throws IllegalArgumentException when {@code code} is none of ours */
        public static Type of(String code) {
            for (Type type : values()) {
                if (type.code.equals(code)) {
                    return type;
                }
            }
            throw new IllegalArgumentException(code);
        }
    }

    /** Not in the order of events yet. */
    static Event unplaced(Type type, String subject, String key, long sequence, Instant happenedAt, String data) {
        return new Event(
                0, type.code() + ":" + subject + ":" + sequence, type, subject, key, sequence, happenedAt, data);
    }

    Event at(long place) {
        return new Event(place, id, type, subject, key, sequence, happenedAt, data);
    }
}
