package io.stockhub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = BenchMain.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @Test
    void withoutANameItListsThemAllAndWhichAreBuilt() {
        assertThat(run()).isZero();
        assertThat(out.toString().lines()).hasSize(6);
        assertThat(out.toString()).contains("ledger", "sync", "replay", "mapping", "edi", "console", "(not built yet)");
    }

    @Test
    void whatIsNotBuiltSaysSo() {
        assertThat(run("mapping")).isEqualTo(1);
        assertThat(err.toString()).contains("\"mapping\" is not built yet");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anotherNameIsWrongUsage() {
        assertThat(run("legder")).isEqualTo(2);
        assertThat(err.toString()).contains("\"legder\" (expected: ledger, sync,");
    }

    @Test
    void anUnknownCaseIsWrongUsageThatNamesTheKnown() {
        assertThat(run("ledger", "--case", "hot-257")).isEqualTo(2);
        assertThat(err.toString()).contains("--case: \"hot-257\" (expected: hot-1, hot-8");
    }

    @Test
    void noRoundsAreWrongUsage() {
        assertThat(run("ledger", "--rounds", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--rounds: 0 (expected: 1 or more)");
    }

    @Test
    void helpNamesTheCases() {
        assertThat(run("ledger", "--help")).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("hot-256", "flash", "http-single", "http-batch", "--quick", "--report");
    }
}
