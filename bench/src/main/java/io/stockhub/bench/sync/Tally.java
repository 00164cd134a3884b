package io.stockhub.bench.sync;

import io.stockhub.bench.Medians;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One way of selling over all seeds. */
final class Tally {
    /** Of the units that there were, in every seed. */
    static final double GOAL_PERCENT = 98;

    private final Selling selling;
    private final List<Double> oversold = new ArrayList<>();
    private final List<Double> soldPercent = new ArrayList<>();
    private final List<Double> turnedAway = new ArrayList<>();

    Tally(Selling selling) {
        this.selling = selling;
    }

    void add(FlashSale.Outcome outcome) {
        oversold.add((double) outcome.oversold());
        soldPercent.add(100 * outcome.soldShare());
        turnedAway.add((double) outcome.turnedAway());
    }

    Selling selling() {
        return selling;
    }

    double oversoldMedian() {
        return Medians.median(oversold);
    }

    double oversoldWorst() {
        return Collections.max(oversold);
    }

    double oversoldSum() {
        return oversold.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** In how many seeds at least one unit was. */
    long oversoldSeeds() {
        return oversold.stream().filter(units -> units > 0).count();
    }

    double soldMedian() {
        return Medians.median(soldPercent);
    }

    double soldWorst() {
        return Collections.min(soldPercent);
    }

    double turnedAwayMedian() {
        return Medians.median(turnedAway);
    }
}
