package io.stockhub.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Medians of few values. */
public final class Medians {
    private Medians() {}

    /** The middle value, or the mean of the two in the middle; NaN of nothing. */
    public static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Round by round, so that a slow minute of the machine touches both sides. */
    public static List<Double> ratios(List<Double> over, List<Double> under) {
        List<Double> ratios = new ArrayList<>(over.size());
        for (int i = 0; i < Math.min(over.size(), under.size()); i++) {
            ratios.add(over.get(i) / under.get(i));
        }
        return ratios;
    }

    /** Lowest and highest. */
    public static double[] range(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0
                ? new double[] {Double.NaN, Double.NaN}
                : Arrays.copyOf(new double[] {sorted[0], sorted[sorted.length - 1]}, 2);
    }
}
