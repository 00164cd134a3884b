package io.stockhub.routes;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages that we stopped trying, each with its payload, its cause and its story. */
public interface DeadLetters {

    /** Which dead letters; null means any. {@code cause} is a {@link DeadLetter#cause()}, {@code state} as there. */
    record Filter(
            @Nullable String channel,
            @Nullable String cause,
            @Nullable String sku,
            @Nullable Instant since,
            @Nullable String state) {
        public static final Filter OPEN = new Filter(null, null, null, null, "open");

        /** The same, of those that are open. */
        public Filter open() {
            return new Filter(channel, cause, sku, since, OPEN.state);
        }
    }

    /**
     * One dead letter.
     *
     * @param channel account or partner that it came from or was going to
     * @param flow {@code orders-in}, {@code stock-out}, {@code receipts-in}, {@code edi-in}
     * @param stage where it failed, kind and code as in docs/errors.md
     * @param cause fingerprint: messages with the same cause are fixed by the same act
     * @param message for people; names the field and the place when there is one
     * @param state {@code open}, {@code replaying}, {@code resolved} or {@code discarded}
     */
    record DeadLetter(
            long id,
            String channel,
            String flow,
            String stage,
            String kind,
            String code,
            String cause,
            String message,
            @Nullable String sku,
            @Nullable String orderRef,
            int attempts,
            Instant firstFailedAt,
            Instant lastFailedAt,
            String state) {}

    /**
     * What else is known of a dead letter.
     *
     * @param connector the system that the account is at; null for those of older hubs
     * @param field the place that the failure names, indexes as {@code *}, else the shape of its words
     * @param mappingVersion hash of the mapping's text as it was when the message failed; null without a mapping
     * @param units base units that the message would move; null when nobody could read them
     * @param money what those units cost us, of the SKUs whose cost is known; null when none is
     * @param closedBy who discarded it; null unless somebody did
     * @param closedReason why
     */
    record About(
            @Nullable String connector,
            @Nullable String field,
            @Nullable String mappingVersion,
            @Nullable Long units,
            @Nullable BigDecimal money,
            @Nullable String closedBy,
            @Nullable String closedReason) {
        public static final About NOTHING = new About(null, null, null, null, null, null, null);
    }

    /** A dead letter with all that is kept of it; {@code headers} hold no secrets. */
    record Detail(
            DeadLetter deadLetter,
            byte[] payload,
            String contentType,
            List<Attempt> history,
            @Nullable String mapping,
            About about) {}

    /** One try and why it failed. */
    record Attempt(int attempt, Instant at, String code, String message) {}

    /**
     * Dead letters of one cause.
     *
     * @param channel the first of {@code channels}
     * @param channels accounts and partners that have the cause, sorted
     * @param message of the newest of them, whose id is {@code example}
     * @param about connector, field and mapping version are those of the cause; units are the sum of those that are known,
     *     money likewise, each null when none is
     * @param skus how many different SKUs are named
     * @param unitsUnknown letters whose units nobody could read
     */
    record CauseGroup(
            String cause,
            String channel,
            String code,
            String message,
            long count,
            Instant firstSeen,
            Instant lastSeen,
            List<String> channels,
            String flow,
            String stage,
            String kind,
            @Nullable String mapping,
            long example,
            long skus,
            long unitsUnknown,
            About about) {}

    /**
     * What became of a request to discard.
     *
     * @param refused at most 1,000, each with the reason
     */
    record Discarded(long count, List<Refused> refused) {}

    /** One that stays as it is. */
    record Refused(long id, String message) {}

    /** Newest first, those with an id below {@code before} (null for the newest), at most {@code limit}. */
    List<DeadLetter> list(Filter filter, @Nullable Long before, int limit);

    Optional<Detail> get(long id);

    /** Largest group first, at most 200. */
    List<CauseGroup> byCause(Filter filter);

    /** How many are open. */
    long open();

    /**
     * Decides that messages shall have no effect. Each is discarded with its dead letter, or neither; who and why is kept.
     *
     * @param ids those, or with none all open ones that match the filter
     * @throws IllegalArgumentException naming the field, when an id does not exist, or neither ids nor filter is given;
     *     nothing was changed
     */
    Discarded discard(List<Long> ids, @Nullable Filter filter, String reason, String by);
}
