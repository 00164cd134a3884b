package io.stockhub.routes.reconcile;

import io.stockhub.routes.ChannelDesk.Drift.Cause;

/**
 * Why a channel shows what it should not: the same facts, the same cause. What says most comes first; where the facts do
 * not suffice the answer is {@link Cause#UNKNOWN}, or {@link Cause#UNEXPLAINED} while more may still become known.
 */
public final class DriftVerdict {
    private DriftVerdict() {}

    public static Cause of(DriftFacts facts) {
        if (facts.shown() == null) {
            return Cause.NOT_LISTED;
        }
        if (facts.otherItem() || facts.swapped() == 1) {
            return Cause.WRONG_ALIAS;
        }
        if (promotion(facts, facts.shown())) {
            return Cause.PROMOTION;
        }
        boolean asBefore = facts.before() != null && facts.shown() == facts.before() - facts.sold();
        if (facts.refusal() != null && !facts.seenRight() && asBefore) {
            return Cause.REJECTED_FEED;
        }
        if (mayBeASale(facts, facts.shown(), asBefore)) {
            return facts.orders() == DriftFacts.Orders.PUSHED ? Cause.UNKNOWN : Cause.SALE_IN_FLIGHT;
        }
        if (facts.orders() == DriftFacts.Orders.NOT_READ) {
            return Cause.UNEXPLAINED;
        }
        if (facts.seenRight()) {
            return Cause.EDITED;
        }
        if (facts.before() == null) {
            return Cause.UNKNOWN;
        }
        return asBefore ? Cause.LOST_UPDATE : Cause.EDITED;
    }

    /** The number and what the channel says it keeps out of it make what it should show, and it kept out another before. */
    private static boolean promotion(DriftFacts facts, long shown) {
        Long now = facts.setAside();
        return now != null && now != facts.setAsideBefore() && shown + now == facts.expected() + facts.setAsideBefore();
    }

    /** Only what is lower than it should be can have been sold. */
    private static boolean mayBeASale(DriftFacts facts, long shown, boolean asBefore) {
        return switch (facts.orders()) {
            case READ, NONE -> false;
            case NOT_READ, ONE_IS_DEAD -> shown < facts.expected();
            case PUSHED -> shown < facts.expected() && (facts.seenRight() || !asBefore);
        };
    }
}
