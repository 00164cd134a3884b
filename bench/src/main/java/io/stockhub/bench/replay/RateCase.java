package io.stockhub.bench.replay;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Case;
import io.stockhub.bench.Medians;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Row;
import io.stockhub.routes.DeadLetters.Filter;
import io.stockhub.routes.Replays.Job;
import io.stockhub.routes.Replays.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Orders that can be taken now, sent again; against a database that only commits a row for each. */
record RateCase(Sizes sizes) implements Case<DeadHub> {
    private static final double GOAL = 1_000;
    private static final int COMMITS = 2_000;

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String title() {
        return "dead letters sent again";
    }

    @Override
    public Outcome run(DeadHub hub, Pace pace, Progress progress) {
        List<Double> rates = new ArrayList<>();
        List<Double> commits = new ArrayList<>();
        round(hub, Math.min(sizes.replayed(), COMMITS));
        for (int round = 0; round < pace.rounds(); round++) {
            progress.detail("round " + (round + 1) + " of " + pace.rounds());
            commits.add(commits(hub));
            rates.add(round(hub, sizes.replayed()));
        }
        double rate = Medians.median(rates);
        return new Outcome(
                List.of(new Row(
                        "replay: messages/s, %,d sent again; commits of one row/s".formatted(sizes.replayed()),
                        rate,
                        Medians.median(commits),
                        Medians.median(Medians.ratios(rates, commits)),
                        "≥ 1,000",
                        false,
                        rate >= GOAL)),
                List.of());
    }

    /** Dead letters as many orders of one channel leave them, each a lane of its own, of 100 SKUs. */
    private static double round(DeadHub hub, int count) {
        hub.empty();
        String run = "R" + System.nanoTime();
        for (int i = 0; i < 100; i++) {
            hub.sku(run + "-" + i, 1_000_000);
        }
        Rows.deadOrders(hub, run, count);
        long job = hub.replays.start(new Request(List.of(), Filter.OPEN, false, null, "bench", "bench"));
        double seconds = hub.drain();
        Job done = hub.replays.list(null, 1).getFirst();
        if (done.replayId() != job || !done.counts().equals(Map.of("applied", (long) count))) {
            throw new BrokenPromiseException("not all were applied: " + done);
        }
        return count / seconds;
    }

    /** On one connection, one after another, as durable as the hub's. */
    private static double commits(DeadHub hub) {
        hub.jdbc.sql("create table if not exists yardstick (id bigint)").update();
        long began = System.nanoTime();
        for (int i = 0; i < COMMITS; i++) {
            hub.jdbc.sql("insert into yardstick values (?)").param(i).update();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        hub.jdbc.sql("drop table yardstick").update();
        return COMMITS / seconds;
    }
}
