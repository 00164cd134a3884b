package io.stockhub.routes;

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

    /** A dead letter with all that is kept of it; {@code headers} hold no secrets. */
    record Detail(
            DeadLetter deadLetter,
            byte[] payload,
            String contentType,
            List<Attempt> history,
            @Nullable String mapping) {}

    /** One try and why it failed. */
    record Attempt(int attempt, Instant at, String code, String message) {}

    /** Dead letters of one cause. */
    record CauseGroup(
            String cause,
            String channel,
            String code,
            String message,
            long count,
            Instant firstSeen,
            Instant lastSeen) {}

    /** Newest first, those with an id below {@code before} (null for the newest), at most {@code limit}. */
    List<DeadLetter> list(Filter filter, @Nullable Long before, int limit);

    Optional<Detail> get(long id);

    /** Largest group first, at most 200. */
    List<CauseGroup> byCause(Filter filter);

    /** How many are open. */
    long open();
}
