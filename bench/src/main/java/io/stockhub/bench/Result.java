package io.stockhub.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark found.
 *
 * @param about how it was measured: settings, machine, seed
 * @param cells what lies under the rows
 */
public record Result(String benchmark, Map<String, String> about, List<Row> rows, List<Cell> cells) {

    /** One document: {@code benchmark}, {@code rows} (each with the same six fields), {@code about}, {@code cells}. */
    public String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("benchmark", benchmark);
        document.put("rows", rows.stream().map(Result::row).toList());
        document.put("about", about);
        document.put("cells", cells.stream().map(Result::cell).toList());
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Parts of one benchmark as one. */
    public static Result joined(List<Result> parts) {
        Map<String, String> about = new LinkedHashMap<>();
        parts.forEach(part -> about.putAll(part.about));
        return new Result(
                parts.getFirst().benchmark,
                about,
                parts.stream().flatMap(part -> part.rows.stream()).toList(),
                parts.stream().flatMap(part -> part.cells.stream()).toList());
    }

    private static Map<String, Object> row(Row row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("case", row.name());
        fields.put("figure", rounded(row.figure()));
        fields.put("yardstick", rounded(row.yardstick()));
        fields.put("ratio", rounded(row.ratio()));
        fields.put("goal", row.goal());
        fields.put("holds", row.holds());
        return fields;
    }

    private static Map<String, Object> cell(Cell cell) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("contender", cell.contender());
        fields.put("load", cell.load());
        fields.put("callers", cell.callers());
        fields.put("perSecond", rounded(cell.perSecond()));
        fields.put("databaseMicros", rounded(cell.databaseMicros()));
        fields.put("processMicros", rounded(cell.processMicros()));
        fields.put("walBytes", rounded(cell.walBytes()));
        fields.put("p50Millis", rounded(cell.p50Millis()));
        fields.put("p99Millis", rounded(cell.p99Millis()));
        return fields;
    }

    /** Four digits: more would pretend. */
    private static @Nullable BigDecimal rounded(@Nullable Double value) {
        if (value == null || value.isNaN() || value.isInfinite()) {
            return null;
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(4));
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /** For people: the rows, then what an order costs. */
    public void print(PrintWriter out) {
        about.forEach((name, value) -> out.println("  " + name + " = " + value));
        out.println();
        Table rowTable = new Table("case", "figure", "yardstick", "ratio", "goal", "holds");
        rows.forEach(row -> rowTable.row(
                row.name(),
                number(row.figure()),
                number(row.yardstick()),
                number(row.ratio()),
                row.goal() == null ? "-" : row.goal(),
                row.holds() == null ? "-" : row.holds() ? "yes" : "no"));
        rowTable.print(out);
        if (!cells.isEmpty()) {
            printCells(out);
        }
    }

    private void printCells(PrintWriter out) {
        out.println();
        Table cellTable = new Table(
                "contender",
                "load",
                "callers",
                "orders/s",
                "database CPU us",
                "JVM CPU us",
                "WAL bytes",
                "p50 ms",
                "p99 ms");
        cells.forEach(cell -> cellTable.row(
                cell.contender(),
                cell.load(),
                cell.callers() == 0 ? "-" : Integer.toString(cell.callers()),
                number(cell.perSecond()),
                number(cell.databaseMicros()),
                number(cell.processMicros()),
                number(cell.walBytes()),
                number(cell.p50Millis()),
                number(cell.p99Millis())));
        out.println("Per order, medians of the rounds:");
        cellTable.print(out);
    }

    /** For people: whole numbers from 100 on. */
    static String number(@Nullable Double value) {
        if (value == null || value.isNaN()) {
            return "-";
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
