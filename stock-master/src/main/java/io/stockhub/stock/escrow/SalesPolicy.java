package io.stockhub.stock.escrow;

import java.util.Locale;

/** How the channels share the units of a SKU. */
public enum SalesPolicy {
    /** Each channel is told all there is. In the seconds that an update needs, a unit may be sold twice. */
    SHARED,
    /** The units are divided; together the channels are never told more than there is. */
    ESCROW,
    /** Escrow while little is left for how fast the SKU sells and how late its channels are; else shared. */
    AUTO;

    /** As it is spelled in the rules: lower case. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }
}
