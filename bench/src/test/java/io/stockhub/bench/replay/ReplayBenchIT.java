package io.stockhub.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Result;
import io.stockhub.bench.Row;
import io.stockhub.postgres.EmbeddedPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every case, small: what does not depend on the machine holds. */
class ReplayBenchIT {
    private static final Sizes SMALL = new Sizes(240, 40, 300, 1_000, 0, 0);

    @Test
    void failuresOfTwelveKindsFallIntoFewCausesAndOneEditLeavesNone() throws Exception {
        Result result = ReplayBenchCommand.run(
                EmbeddedPostgres.temporary(),
                ReplayBenchCommand.cases(SMALL),
                new Pace(1, Duration.ZERO, Duration.ZERO),
                new Progress(new PrintWriter(new StringWriter())));
        assertThat(result.rows()).hasSize(7);
        Row causes = result.rows().get(0);
        assertThat(causes.figure()).isBetween(12.0, 15.0);
        assertThat(causes.holds()).isTrue();
        assertThat(result.rows().get(2).figure()).as("left").isZero();
    }
}
