package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table for people: columns as wide as their content, numbers to the right. */
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... titles) {
        rows.add(List.of(titles));
    }

    Table row(Object... cells) {
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(printable(text(cell)));
        }
        rows.add(row);
        return this;
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    void print(PrintWriter out) {
        int columns = rows.get(0).size();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                String padding = " ".repeat(width(column) - cell.length());
                line.append(isNumeric(column) ? padding + cell : cell + padding).append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** Names come from other systems; what would steer the terminal is shown as a question mark. */
    static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> safe.appendCodePoint(c != '\n' && Character.isISOControl(c) ? '?' : c));
        return safe.toString();
    }

    private static String text(Object cell) {
        if (cell instanceof JsonNode node) {
            return node.isNull() || node.isMissingNode() ? "-" : node.asText();
        }
        return String.valueOf(cell);
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        List<String> cells = rows.stream().skip(1).map(row -> row.get(column)).toList();
        return cells.stream().allMatch(cell -> cell.matches("-|-?[0-9]+"))
                && cells.stream().anyMatch(cell -> !cell.equals("-"));
    }
}
