package io.stockhub.bench.sync.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Result;
import io.stockhub.bench.Row;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real hub in a process of its own; the case fails by itself when a sale does not arrive or a channel lists wrongly. */
class LatencyCaseIT {
    private static final Sizes SMALL =
            new Sizes(20, Duration.ofMillis(500), 20, 20, 20, Duration.ofSeconds(1), 20, 10, 2, Duration.ofSeconds(1));
    private static final Pace PACE = new Pace(1, Duration.ofMillis(100), Duration.ofSeconds(1));

    @Test
    void everySaleReachesTheOtherChannelsAndIsTimedBesideTheYardstick(@TempDir Path folder) throws Exception {
        StringWriter progress = new StringWriter();
        LatencyCase one = new LatencyCase();

        Result result = LiveBench.run(
                "sync", one, new Live(folder, SMALL, 1), PACE, new Progress(new PrintWriter(progress, true)));

        assertThat(result.rows()).extracting(Row::name).contains("latency: sale to request, ms, p50");
        assertThat(result.rows())
                .filteredOn(row -> row.name().contains("ms"))
                .hasSize(8)
                .allSatisfy(row -> {
                    assertThat(row.figure()).isPositive();
                    assertThat(row.yardstick()).isPositive();
                    assertThat(row.ratio()).isPositive();
                });
        assertThat(result.rows())
                .filteredOn(row -> row.goal() != null)
                .extracting(Row::goal)
                .containsExactly("≤ 50 ms", "≤ 500 ms");
        assertThat(result.rows())
                .filteredOn(row -> row.name().contains("cores"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.figure()).isNotNegative());
        assertThat(progress.toString()).contains("round 1 of 1");
        Path page = LiveBench.report(result, one, folder);
        assertThat(Files.readString(page))
                .contains("<!-- made by ./stockhub bench sync --case latency --report, do not edit -->", "≤ 500 ms");
    }
}
