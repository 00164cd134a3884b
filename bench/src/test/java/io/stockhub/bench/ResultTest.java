package io.stockhub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ResultTest {
    private static final Cell HOT = cell("product", "hot", 8, 12_345.678);

    private static Cell cell(String contender, String load, int callers, double perSecond) {
        return new Cell(contender, load, callers, perSecond, 12.345, 6.5, 900, null, null);
    }

    private static Result result(Row... rows) {
        return new Result("ledger", Map.of("fsync", "on"), List.of(rows), List.of(HOT));
    }

    @Test
    void theDocumentHasSixFieldsARowAndNothingForWhatThereIsNot() throws Exception {
        Row compared = new Row("hot", 61_234.9, 1_000.0, 61.23, "≥ 60 × A", false, true);
        JsonNode rows = new ObjectMapper()
                .readTree(result(compared, Row.of("alone", Double.NaN)).json())
                .get("rows");

        assertThat(rows.get(0).toString())
                .isEqualTo(
                        "{\"case\":\"hot\",\"figure\":61230,\"yardstick\":1000,\"ratio\":61.23,\"goal\":\"≥ 60 × A\",\"holds\":true}");
        assertThat(rows.get(1).toString())
                .isEqualTo(
                        "{\"case\":\"alone\",\"figure\":null,\"yardstick\":null,\"ratio\":null,\"goal\":null,\"holds\":null}");
    }

    @Test
    void theMedianIsTheMiddleAndRatiosAreTakenRoundByRound() {
        assertThat(Medians.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
        assertThat(Medians.median(List.of(1.0, 2.0))).isEqualTo(1.5);
        assertThat(Medians.ratios(List.of(10.0, 40.0), List.of(1.0, 2.0))).containsExactly(10.0, 20.0);
    }

    @Test
    void aReportReplacesItsOwnPartOfThePageAndNothingElse(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("performance.md");
        Page page = new Page(file, "ledger");
        Files.writeString(file, "# Performance\n\nBefore.\n");
        page.write("first");
        Files.writeString(file, Files.readString(file) + "\nAfter.\n");

        page.write("second");

        assertThat(Files.readString(file))
                .contains("Before.", "second", "After.")
                .doesNotContain("first")
                .containsOnlyOnce("do not edit");
    }

    @Test
    void theChartHasALineForEachContenderInEachPanel() throws Exception {
        Chart chart = new Chart(
                List.of(new Chart.Panel("hot", "Hot"), new Chart.Panel("zipf", "Zipf")),
                List.of(new Chart.Line("product", "Product", "#000"), new Chart.Line("A", "A", "#111")));
        String svg = chart.svg(List.of(
                HOT,
                cell("product", "hot", 1, 300),
                cell("A", "hot", 1, 500),
                cell("A", "hot", 8, 900),
                cell("A", "zipf", 1, 500),
                cell("ingest", "hot", 8, 1e6),
                cell("product", "elsewhere", 8, 1e6)));

        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(5);
        assertThat(svg).contains("100,000").doesNotContain("1,000,000").doesNotContain("NaN");
    }
}
