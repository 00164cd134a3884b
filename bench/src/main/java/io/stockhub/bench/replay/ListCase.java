package io.stockhub.bench.replay;

import io.stockhub.bench.Case;
import io.stockhub.bench.Medians;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Row;
import io.stockhub.routes.DeadLetters.Filter;
import java.util.ArrayList;
import java.util.List;

/** Many open dead letters: how long do the groups take, and a page? */
record ListCase(Sizes sizes) implements Case<DeadHub> {
    private static final double MILLIS_MAX = 200;
    private static final int CAUSES = 150;
    private static final int TIMES = 15;

    @Override
    public String name() {
        return "list";
    }

    @Override
    public String title() {
        return "dead letters listed and grouped";
    }

    @Override
    public Outcome run(DeadHub hub, Pace pace, Progress progress) {
        hub.empty();
        Rows.manyCauses(hub, sizes.listed(), CAUSES);
        List<Double> groups = new ArrayList<>();
        List<Double> passes = new ArrayList<>();
        List<Double> pages = new ArrayList<>();
        Filter last = new Filter(null, null, null, null, "open");
        for (int i = 0; i < TIMES; i++) {
            passes.add(millis(() -> hub.number("select count(message) from dead_letter")));
            groups.add(millis(() -> hub.deadLetters.byCause(Filter.OPEN)));
            pages.add(millis(() -> hub.deadLetters.list(last, (long) sizes.listed() / 2, 100)));
        }
        return new Outcome(
                List.of(
                        row(
                                "list: ms to group %,d by cause; one pass over them",
                                Medians.median(groups), passes, groups),
                        row(
                                "list: ms for a page of 100 in the middle of %,d; likewise",
                                Medians.median(pages), passes, pages)),
                List.of());
    }

    private Row row(String name, double millis, List<Double> passes, List<Double> mine) {
        return new Row(
                name.formatted(sizes.listed()),
                millis,
                Medians.median(passes),
                Medians.median(Medians.ratios(mine, passes)),
                "< 200",
                false,
                millis < MILLIS_MAX);
    }

    private static double millis(Runnable what) {
        long began = System.nanoTime();
        what.run();
        return (System.nanoTime() - began) / 1e6;
    }
}
