package io.stockhub.stock;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Announced goods: what was announced, what came, what differs. Reads only. */
public interface InboundDesk {

    /** Names an inbound. */
    record Name(String location, String reference) {}

    /**
     * An inbound in a list.
     *
     * @param announced units, all SKUs together
     * @param expected units that are still to come
     * @param openDiscrepancies how many nobody has resolved, goods that are still to come not counted
     */
    record Head(
            Name name,
            @Nullable Instant expectedAt,
            @Nullable Instant closedAt,
            long announced,
            long expected,
            long openDiscrepancies) {}

    /**
     * One SKU of an inbound, in base units.
     *
     * @param received what receipts brought in, in whatever condition, less what was reversed
     * @param expected what is still to come
     * @param over what came and was not announced
     * @param damaged what came damaged; part of {@code received}
     */
    record Line(String sku, long announced, long received, long expected, long over, long damaged) {}

    /** An inbound whole. */
    record Inbound(
            Name name,
            @Nullable Instant expectedAt,
            @Nullable Instant closedAt,
            List<Line> lines,
            List<DiscrepancyDesk.Discrepancy> discrepancies) {}

    /** A difference that has to be named before an inbound closes. */
    record Difference(String sku, DiscrepancyKind kind, long quantity) {}

    /** Inbounds in the order of their names, after {@code after}; null leaves a condition out. */
    List<Head> inbounds(@Nullable Boolean open, @Nullable String location, @Nullable Name after, int limit);

    Optional<Inbound> inbound(Name name);

    /** What has to be named before the inbound closes, by SKU and kind: the same that the ledger asks for. */
    List<Difference> differences(Name name);
}
