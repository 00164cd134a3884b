package io.stockhub.bench.replay;

import io.stockhub.bench.Case;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.sync.live.DriftCase;
import io.stockhub.bench.sync.live.Live;
import java.nio.file.Path;

/** Drift: a case of a hub that runs between its sandboxes, with a database of its own. */
record ChannelsCase(Sizes sizes, Path folder) implements Case<DeadHub> {
    private DriftCase drift() {
        return new DriftCase(sizes.read(), sizes.drifts());
    }

    @Override
    public String name() {
        return drift().name();
    }

    @Override
    public String title() {
        return drift().title();
    }

    @Override
    public Outcome run(DeadHub hub, Pace pace, Progress progress) throws InterruptedException {
        return drift().run(new Live(folder, io.stockhub.bench.sync.live.Sizes.QUICK, 1), pace, progress);
    }
}
