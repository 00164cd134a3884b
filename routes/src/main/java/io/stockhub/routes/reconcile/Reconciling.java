package io.stockhub.routes.reconcile;

import io.stockhub.routes.ChannelDesk.Drift.Cause;
import java.util.EnumMap;
import java.util.Map;

/**
 * How one channel is reconciled.
 *
 * @param share percent of its budget of calls that reading back may take, 1 to 100
 * @param policies by cause; a cause that is not named has its default. What a sale explains needs none
 */
public record Reconciling(int share, Map<Cause, Policy> policies) {
    /** Telling is worth more than looking. */
    public static final int SHARE = 10;

    /**
     * Those that cannot oversell. A wrong alias would have another item's number written over; a promotion's units are told
     * once, and not once more; of what nobody understands the lower number is told.
     */
    private static final Map<Cause, Policy> DEFAULTS = Map.of(
            Cause.EDITED, Policy.OVERWRITE,
            Cause.REJECTED_FEED, Policy.OVERWRITE,
            Cause.LOST_UPDATE, Policy.OVERWRITE,
            Cause.NOT_LISTED, Policy.OVERWRITE,
            Cause.WRONG_ALIAS, Policy.HOLD,
            Cause.PROMOTION, Policy.ADOPT,
            Cause.UNKNOWN, Policy.ADOPT);

    public static final Reconciling DEFAULT = new Reconciling(SHARE, Map.of());

    public Reconciling {
        if (share < 1 || share > 100) {
            throw new IllegalArgumentException("reconcile.share: " + share + " (expected: 1 to 100)");
        }
        Map<Cause, Policy> all = new EnumMap<>(DEFAULTS);
        all.putAll(policies);
        policies = Map.copyOf(all);
    }

    public Policy policy(Cause cause) {
        return policies.getOrDefault(cause, Policy.HOLD);
    }
}
