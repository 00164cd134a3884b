package io.stockhub.stock.availability;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Available to promise: how many units may be promised for each day. Goods that come count from their day on, after what
 * orders wait for; goods due today that are not here yet count from tomorrow.
 *
 * @param steps today first, then each day on which something comes; never falling
 * @param backordered units that orders wait for: taken off what comes first. Of a bundle: by all its components
 * @param counted what comes, by date
 * @param notCounted overdue or without a date: nothing is promised on it
 */
public record Promise(
        String sku,
        String channel,
        long rulesVersion,
        List<Step> steps,
        Map<String, Long> backordered,
        List<Expected> counted,
        List<Expected> notCounted) {

    /** From {@code date} on, {@code quantity} units may be promised in all. */
    public record Step(LocalDate date, long quantity) {}

    public Promise {
        steps = List.copyOf(steps);
        backordered = Map.copyOf(backordered);
        counted = List.copyOf(counted);
        notCounted = List.copyOf(notCounted);
    }

    /**
     * Each day's number is what the rules make of the stock as it will be.
     *
     * @param backordered units that orders wait for, by stocked SKU
     */
    public static Promise of(
            Rules rules,
            String channel,
            SkuStock stock,
            List<Expected> expected,
            Map<String, Long> backordered,
            LocalDate today) {
        List<Expected> counted = new ArrayList<>();
        List<Expected> notCounted = new ArrayList<>();
        for (Expected coming : expected) {
            boolean credible = coming.date() != null && !coming.date().isBefore(today);
            (credible ? counted : notCounted).add(coming);
        }
        counted.sort(Comparator.comparing(Promise::date)
                .thenComparing(Expected::reference)
                .thenComparing(Expected::location)
                .thenComparing(Expected::sku));
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(today, rules.ats(channel, stock)));
        TreeMap<LocalDate, List<Expected>> byDay = byDay(counted, backordered, today);
        Map<String, Map<String, Long>> arrived = new HashMap<>();
        byDay.forEach((day, coming) -> {
            coming.forEach(goods -> arrived.computeIfAbsent(goods.sku(), sku -> new HashMap<>())
                    .merge(goods.location(), goods.quantity(), Math::addExact));
            steps.add(new Step(day, rules.ats(channel, stock.plus(arrived))));
        });
        return new Promise(stock.sku(), channel, rules.version(), steps, backordered, counted, notCounted);
    }

    /** What is left of each day's goods for new orders. Days on which all goods go to those who wait stay, empty. */
    private static TreeMap<LocalDate, List<Expected>> byDay(
            List<Expected> byDate, Map<String, Long> backordered, LocalDate today) {
        TreeMap<LocalDate, List<Expected>> days = new TreeMap<>();
        Map<String, Long> waiting = new HashMap<>(backordered);
        for (Expected coming : byDate) {
            long owed = Math.min(coming.quantity(), waiting.getOrDefault(coming.sku(), 0L));
            waiting.merge(coming.sku(), -owed, Long::sum);
            LocalDate day = date(coming).isAfter(today) ? date(coming) : today.plusDays(1);
            List<Expected> left = days.computeIfAbsent(day, d -> new ArrayList<>());
            if (coming.quantity() > owed) {
                left.add(new Expected(
                        coming.sku(), day, coming.location(), coming.quantity() - owed, coming.reference()));
            }
        }
        return days;
    }

    private static LocalDate date(Expected expected) {
        return expected.date() == null ? LocalDate.MAX : expected.date();
    }
}
