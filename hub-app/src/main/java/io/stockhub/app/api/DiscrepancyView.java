package io.stockhub.app.api;

import io.stockhub.stock.DiscrepancyDesk.Discrepancy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A discrepancy on the wire. {@code state} is open or resolved. */
record DiscrepancyView(
        String discrepancyId,
        String document,
        String location,
        String reference,
        String sku,
        String kind,
        long quantity,
        @Nullable String movementId,
        Instant notedAt,
        String state,
        @Nullable String resolution,
        @Nullable String note,
        @Nullable String resolvedBy,
        @Nullable Instant resolvedAt) {

    static DiscrepancyView of(Discrepancy found) {
        return new DiscrepancyView(
                Long.toString(found.id()),
                found.document().code(),
                found.location(),
                found.reference(),
                found.sku(),
                found.kind().code(),
                found.quantity(),
                found.movementId() == null ? null : Long.toString(found.movementId()),
                found.notedAt(),
                found.open() ? "open" : "resolved",
                found.resolution(),
                found.note(),
                found.resolvedBy(),
                found.resolvedAt());
    }
}
