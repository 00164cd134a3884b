package io.stockhub.bench.sync.live;

import io.stockhub.bench.Case;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Page;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Result;
import io.stockhub.bench.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs one timed case, and writes down what came of it. */
public final class LiveBench {
    private LiveBench() {}

    /** @param name of the benchmark */
    public static Result run(String name, Case<Live> one, Live live, Pace pace, Progress progress)
            throws SQLException, InterruptedException {
        List<Row> rows = one.run(live, pace, progress).rows();
        Map<String, String> about = new LinkedHashMap<>();
        about.put(one.name(), one.title());
        about.putAll(about(live, pace));
        return new Result(name, about, rows, List.of());
    }

    private static Map<String, String> about(Live live, Pace pace) {
        Sizes sizes = live.sizes();
        Map<String, String> about = new LinkedHashMap<>();
        about.put(
                "sales",
                String.format(
                        Locale.ROOT,
                        "one unit each, zipf (s = 1) over %,d SKUs; %d a second, in isolation %d",
                        sizes.skus(),
                        sizes.perSecond(),
                        sizes.isolationPerSecond()));
        about.put(
                "rounds",
                pace.rounds() + ", " + pace.measured().toMillis() + " ms measured after "
                        + pace.warmUp().toMillis() + " ms of the same load");
        about.put(
                "hub",
                "a process of its own with its own database; sandboxes, customers and this benchmark in another");
        about.put("channels' limits", "2,000 calls a second each, but in drain: far above their own");
        about.put("random choices", "seed " + live.seed());
        about.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        about.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return about;
    }

    /** Into {@code performance-sync.md} of the folder, in a part of the page that belongs to the case. */
    public static Path report(Result result, Case<Live> one, Path folder) throws IOException {
        Path file = Files.createDirectories(folder).resolve("performance-sync.md");
        new Page(file, result.benchmark() + " --case " + one.name()).write(Page.body(result));
        return file;
    }
}
