package io.stockhub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a page of the documentation that a benchmark writes: what stands between two marks is replaced, the rest
 * stays as its author wrote it.
 */
public final class Page {
    private final Path file;
    private final String begin;
    private final String end;

    /** @param file a Markdown file; made when there is none */
    public Page(Path file, String benchmark) {
        this.file = file;
        this.begin = "<!-- made by ./stockhub bench " + benchmark + " --report, do not edit -->";
        this.end = "<!-- end of what ./stockhub bench " + benchmark + " made -->";
    }

    /** Puts {@code body} between the marks; at the end of a page that has none. */
    public void write(String body) throws IOException {
        String page = Files.exists(file) ? Files.readString(file) : "";
        String part = begin + "\n\n" + body.strip() + "\n\n" + end;
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        String now = from >= 0 && to > from
                ? page.substring(0, from) + part + page.substring(to + end.length())
                : (page.isEmpty() ? "" : page.stripTrailing() + "\n\n") + part + "\n";
        Files.writeString(file, now);
    }

    /** Rows, what lies under them, and how they were measured, as Markdown. */
    public static String body(Result result) {
        List<String> lines = new ArrayList<>();
        lines.add("| case | figure | yardstick | ratio | goal | holds |");
        lines.add("| --- | ---: | ---: | ---: | --- | --- |");
        result.rows()
                .forEach(row -> lines.add(cells(
                        row.name(),
                        Result.number(row.figure()),
                        Result.number(row.yardstick()),
                        Result.number(row.ratio()),
                        row.goal() == null ? "" : row.goal(),
                        row.holds() == null ? "" : row.holds() ? "yes" : "**no**")));
        lines.add("");
        if (!result.cells().isEmpty()) {
            lines.addAll(underneath(result));
        }
        result.about().forEach((name, value) -> lines.add("- " + name + ": " + value));
        return String.join("\n", lines);
    }

    private static List<String> underneath(Result result) {
        List<String> lines = new ArrayList<>();
        lines.add("What lies under it, medians of the rounds, per accepted order (per answer in the flash sale):");
        lines.add("");
        lines.add(
                "| contender | load | callers | orders/s | database CPU µs | JVM CPU µs | WAL bytes | p50 ms | p99 ms |");
        lines.add("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        result.cells()
                .forEach(cell -> lines.add(cells(
                        cell.contender(),
                        cell.load(),
                        cell.callers() == 0 ? "" : Integer.toString(cell.callers()),
                        Result.number(cell.perSecond()),
                        Result.number(cell.databaseMicros()),
                        Result.number(cell.processMicros()),
                        Result.number(cell.walBytes()),
                        Result.number(cell.p50Millis()),
                        Result.number(cell.p99Millis()))));
        lines.add("");
        return lines;
    }

    private static String cells(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
