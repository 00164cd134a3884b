package io.stockhub.stock;

import java.util.Comparator;

/**
 * What tells units of one SKU in one state at one location apart; empty text where it does not apply.
 *
 * @param lot units made together, for SKUs tracked by lot
 * @param serial one unit, for SKUs tracked by serial
 * @param bin the place inside the location
 * @param pool the channel group that the units are protected for; empty for everyone
 * @param holder for whom units are blocked, the transfer that carries them, or the inbound that announced them
 */
public record Detail(String lot, String serial, String bin, String pool, String holder) implements Comparable<Detail> {
    /** Units like any other. */
    public static final Detail NONE = new Detail("", "", "", "", "");

    private static final Comparator<Detail> ORDER = Comparator.comparing(Detail::lot)
            .thenComparing(Detail::serial)
            .thenComparing(Detail::bin)
            .thenComparing(Detail::pool)
            .thenComparing(Detail::holder);

    public Detail withBin(String other) {
        return new Detail(lot, serial, other, pool, holder);
    }

    public Detail withPool(String other) {
        return new Detail(lot, serial, bin, other, holder);
    }

    public Detail withHolder(String other) {
        return new Detail(lot, serial, bin, pool, other);
    }

    @Override
    public int compareTo(Detail other) {
        return ORDER.compare(this, other);
    }
}
