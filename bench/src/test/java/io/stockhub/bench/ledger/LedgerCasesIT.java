package io.stockhub.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhub.bench.Case;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Result;
import io.stockhub.bench.Row;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every case runs, small, from its first caller to its verified end. */
class LedgerCasesIT {

    @Test
    void everyCaseRunsVerifiesAndIsPrinted(@TempDir Path folder) throws Exception {
        List<Case<Stage>> cases = LedgerCases.all(SmallStage.SIZES);
        StringWriter progress = new StringWriter();
        Result result;
        try (Stage stage = SmallStage.open()) {
            result = LedgerBench.run(stage, cases, SmallStage.PACE, new Progress(new PrintWriter(progress)));
        }

        assertThat(result.rows())
                .filteredOn(row -> row.goal() != null)
                .hasSize(22)
                .allSatisfy(row -> assertThat(row.holds()).isNotNull());
        assertThat(result.rows()).allSatisfy(row -> assertThat(row.figure()).isPositive());
        assertThat(result.rows())
                .filteredOn(row -> row.name().contains("units sold"))
                .extracting(Row::figure)
                .containsExactly(5.0);
        assertThat(result.cells())
                .allSatisfy(cell -> assertThat(cell.perSecond()).isPositive());
        assertThat(result.cells())
                .filteredOn(cell -> !cell.contender().equals(HttpCaller.Call.NOTHING.label()))
                .allSatisfy(cell -> assertThat(cell.walBytes()).isPositive());
        cases.forEach(one -> assertThat(progress.toString()).contains(one.name() + ": round 1 of 1"));
        shapeOf(new ObjectMapper().readTree(result.json()), result.rows().size());
        StringWriter table = new StringWriter();
        result.print(new PrintWriter(table));
        assertThat(table.toString())
                .contains("case", "yardstick", "≥ 60 × A", "stretch: ≥ 50 % of ingest", "fsync = on");
        LedgerBench.report(result, folder);
        assertThat(Files.readString(folder.resolve("performance.md"))).contains("≥ 60 × A", "ledger-throughput.svg");
        assertThat(Files.readString(folder.resolve("images/ledger-throughput.svg")))
                .startsWith("<svg");
    }

    private static void shapeOf(JsonNode document, int rows) {
        assertThat(document.get("benchmark").asText()).isEqualTo("ledger");
        assertThat(document.get("rows")).hasSize(rows).allSatisfy(row -> {
            assertThat(row.fieldNames())
                    .toIterable()
                    .containsExactly("case", "figure", "yardstick", "ratio", "goal", "holds");
            assertThat(row.get("figure").isNumber()).isTrue();
        });
        assertThat(document.get("about").get("synchronous_commit").asText()).isEqualTo("on");
    }
}
