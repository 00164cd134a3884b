package io.stockhub.bench.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SyncCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(SyncCommand command, String... arguments) {
        CommandLine line = new CommandLine(command);
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("--case", "flash-sale"));
        all.addAll(List.of(arguments));
        return line.execute(all.toArray(String[]::new));
    }

    @Test
    void itPrintsALineForEachWayOfSellingAndSaysWhatRunsOnStandardError() {
        assertThat(run(new SyncCommand(), "--seeds", "2", "--seed", "5")).isZero();

        assertThat(out.toString())
                .contains("seeds = 5 to 6", "1,000 units, 2,000 buyers within 10 minutes", "in seeds", "least");
        assertThat(out.toString().lines())
                .anyMatch(line ->
                        line.matches("escrow +0 +0 +0 +0 +[0-9.]+ .*0 oversold, ≥ 98 % sold, in every seed +yes"))
                .anyMatch(line -> line.startsWith("shared, buffer 0 "))
                .anyMatch(line -> line.startsWith("shared, buffer 20 "))
                .anyMatch(line -> line.startsWith("everything every 5 minutes "));
        assertThat(err.toString()).contains("[1/4] escrow", "[4/4] everything every 5 minutes");
    }

    @Test
    void theSameSeedsPrintTheSame() {
        run(new SyncCommand(), "--seeds", "2");
        String first = out.toString();
        out.getBuffer().setLength(0);
        run(new SyncCommand(), "--seeds", "2");

        assertThat(out.toString()).isEqualTo(first);
    }

    @Test
    void asJsonItIsOneDocumentInTheShapeOfEveryBenchmark() throws Exception {
        assertThat(run(new SyncCommand(), "--json", "--seeds", "2")).isZero();

        JsonNode document = new ObjectMapper().readTree(out.toString());
        assertThat(document.get("benchmark").asText()).isEqualTo("sync");
        assertThat(document.get("about").get("seeds").asText()).isEqualTo("1 to 2");
        assertThat(document.get("rows")).hasSize(28).allSatisfy(row -> assertThat(row.fieldNames())
                .toIterable()
                .containsExactly("case", "figure", "yardstick", "ratio", "goal", "holds"));
        assertThat(document.get("rows"))
                .filteredOn(row -> !row.get("goal").isNull())
                .extracting(
                        row -> row.get("case").asText(), row -> row.get("holds").asBoolean())
                .containsExactly(
                        tuple("escrow: units oversold, all seeds", true),
                        tuple("escrow: units sold, %, worst seed", true));
    }

    @Test
    void aReportIsWrittenBetweenItsMarks(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("performance-sync.md");
        Files.writeString(page, "# Sync\n");

        assertThat(run(new SyncCommand(), "--seeds", "1", "--report", folder.toString()))
                .isZero();

        assertThat(Files.readString(page))
                .startsWith("# Sync\n")
                .contains("<!-- made by ./stockhub bench sync --report, do not edit -->", "| escrow | 0 | 0 | 0 | 0 |");
        assertThat(err.toString()).contains("Written: " + page);
    }

    @Test
    void whoPromisesAndOversellsFailsTheRunAndNoFigureIsPrinted() {
        Selling careless = new Selling("careless escrow", true, Selling.escrow(Set.of(Guard.ORDER)));

        assertThat(run(new SyncCommand(List.of(careless)))).isEqualTo(1);

        assertThat(err.toString())
                .containsPattern("The run FAILED, its figures are worth nothing\\. "
                        + "careless escrow sold \\d+ units that were not there: seed \\d+");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--seeds, 0, --seeds: 0 (expected: 1 or more)",
        "--seeds, many, 'many'",
        "--seed, x, 'x'",
        "--case, slow, --case: \"slow\" (expected: flash-sale, latency",
        "--rounds, 0, --rounds: 0 (expected: 1 or more)",
        "--full, --quick, --full: together with --quick (expected: one of them)",
        "--sedes, 3, --sedes"
    })
    void badOptionsAreWrongUsage(String option, String value, String says) {
        assertThat(run(new SyncCommand(), option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(says);
        assertThat(out.toString()).isEmpty();
    }
}
