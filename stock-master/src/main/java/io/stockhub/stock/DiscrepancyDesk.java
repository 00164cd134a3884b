package io.stockhub.stock;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Differences between a document and what happened, and what a person decided about them. */
public interface DiscrepancyDesk {

    /** What did not agree with which kind of document. */
    enum Document {
        INBOUND,
        TRANSFER;

        /** Name in the database and on the wire, for example {@code inbound}. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One difference.
     *
     * @param location where the document's goods come in
     * @param movementId the movement that showed it; null when none did
     * @param resolution what was decided; null as long as nobody did. {@code reversed}: the movement was undone
     */
    record Discrepancy(
            long id,
            Document document,
            String location,
            String reference,
            String sku,
            DiscrepancyKind kind,
            long quantity,
            @Nullable Long movementId,
            Instant notedAt,
            @Nullable String resolution,
            @Nullable String note,
            @Nullable String resolvedBy,
            @Nullable Instant resolvedAt) {
        public boolean open() {
            return resolution == null;
        }
    }

    /** What became of a resolution. */
    sealed interface Resolved {
        /** It is resolved so; {@code replayed}: it was before, in the same words. */
        record Done(Discrepancy discrepancy, boolean replayed) implements Resolved {}

        /** There is no such discrepancy. */
        record Unknown() implements Resolved {}

        /** Those of an inbound are resolved when the inbound is closed. */
        record OfAnInbound(Discrepancy discrepancy) implements Resolved {}

        /** Somebody resolved it otherwise. */
        record Otherwise(Discrepancy discrepancy) implements Resolved {}
    }

    /** Discrepancies after number {@code after}, oldest first; null leaves a condition out. */
    List<Discrepancy> discrepancies(@Nullable Boolean open, @Nullable Document document, long after, int limit);

    /**
     * Says what becomes of a discrepancy of a transfer.
     *
     * @throws InvalidCommandException when resolution or note are missing or too long
     */
    Resolved resolve(long id, String resolution, @Nullable String note, String actor);
}
