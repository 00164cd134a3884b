package io.stockhub.bench.sync.live;

import io.stockhub.bench.Case;
import java.util.List;

/** The timed cases, in the order in which they run. Another case is a class of its own and a line here. */
public final class LiveCases {
    private LiveCases() {}

    public static List<Case<Live>> all() {
        return List.of(new LatencyCase(), new IsolationCase(), new DrainCase(), new OutageCase());
    }
}
