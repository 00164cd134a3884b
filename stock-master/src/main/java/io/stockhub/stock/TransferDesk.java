package io.stockhub.stock;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goods between two locations of ours: what left, what arrived, what is on its way. Reads only. */
public interface TransferDesk {

    /** A transfer in a list. {@code inTransit}: units, all SKUs together; {@code overdue}: they should be there. */
    record Head(
            String transferId,
            String from,
            String to,
            Instant shippedAt,
            @Nullable Instant expectedAt,
            long inTransit,
            boolean overdue) {
        /** Something is still on its way. */
        public boolean open() {
            return inTransit > 0;
        }
    }

    /**
     * Units of a SKU, less what was reversed: {@code shipped = received + lost + inTransit}.
     *
     * @param over what arrived and never left
     */
    record Units(long shipped, long received, long lost, long over, long inTransit) {
        Units plus(Units other) {
            return new Units(
                    shipped + other.shipped,
                    received + other.received,
                    lost + other.lost,
                    over + other.over,
                    inTransit + other.inTransit);
        }

        public static Units sum(List<Units> units) {
            return units.stream().reduce(new Units(0, 0, 0, 0, 0), Units::plus);
        }
    }

    /** Units of one lot, or one serial; empty text where it does not apply. */
    record Tracked(String lot, String serial, Units units) {}

    /** One SKU; {@code tracked} is empty for SKUs whose units are not told apart. */
    record Line(String sku, Units units, List<Tracked> tracked) {}

    /** A transfer whole. */
    record Transfer(Head head, List<Line> lines, List<DiscrepancyDesk.Discrepancy> discrepancies) {}

    /** Transfers by identifier, after {@code after}; null leaves a condition out. */
    List<Head> transfers(@Nullable Boolean open, @Nullable String location, @Nullable String after, int limit);

    Optional<Transfer> transfer(String transferId);
}
