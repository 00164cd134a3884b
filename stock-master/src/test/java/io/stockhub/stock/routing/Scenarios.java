package io.stockhub.stock.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.stockhub.stock.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the tables in {@code scenarios/routing} and says in their words what the router answers. */
final class Scenarios {
    static final Instant MONDAY_NOON = Instant.parse("2026-11-23T12:00:00Z");

    /** One line of the table of orders, by the names of its columns. */
    record Line(int number, Map<String, String> cells) {
        String cell(String name) {
            return cells.getOrDefault(name, "");
        }
    }

    private final OrderRouter router;
    final List<Line> lines;

    private Scenarios(OrderRouter router, List<Line> lines) {
        this.router = router;
        this.lines = lines;
    }

    /** Sections {@code rules} (YAML), {@code warehouses} and {@code orders} (tables); {@code #} begins a remark. */
    static Scenarios read(String text) {
        Map<String, List<Line>> tables = new HashMap<>();
        StringBuilder rules = new StringBuilder();
        String section = "";
        List<String> columns = List.of();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                section = line.substring(1, line.indexOf(']'));
                columns = List.of();
            } else if (section.equals("rules")) {
                rules.append(line).append('\n');
            } else if (columns.isEmpty()) {
                columns = cells(line);
            } else {
                List<String> cells = cells(line);
                if (cells.size() > columns.size()) {
                    throw new IllegalArgumentException("line " + number + " has more cells than columns");
                }
                Map<String, String> named = new LinkedHashMap<>();
                for (int i = 0; i < cells.size(); i++) {
                    named.put(columns.get(i), cells.get(i));
                }
                tables.computeIfAbsent(section, name -> new ArrayList<>()).add(new Line(number, named));
            }
        }
        List<Warehouse> warehouses = tables.getOrDefault("warehouses", List.of()).stream()
                .map(Scenarios::warehouse)
                .toList();
        return new Scenarios(OrderRouter.of(rules(rules.toString()), warehouses), tables.get("orders"));
    }

    static RoutingRules rules(String yaml) {
        RoutingRules.Parsed parsed = RoutingRules.parse(yaml(yaml));
        if (parsed instanceof RoutingRules.Right right) {
            return right.rules();
        }
        throw new IllegalArgumentException(parsed.toString());
    }

    static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Warehouse warehouse(String location, int priority) {
        return new Warehouse(location, "warehouse", priority, null, null, null);
    }

    private static Warehouse warehouse(Line line) {
        String[] at = line.cell("at").split(" ");
        String kind = line.cell("kind");
        String zone = line.cell("zone");
        return new Warehouse(
                line.cell("location"),
                kind.isEmpty() ? "warehouse" : kind,
                Integer.parseInt(line.cell("priority")),
                at.length == 2 ? (Double) Double.parseDouble(at[0]) : null,
                at.length == 2 ? (Double) Double.parseDouble(at[1]) : null,
                zone.isEmpty() ? null : ZoneId.of(zone));
    }

    Plan plan(Line line) {
        String priority = line.cell("priority");
        Order order = new Order(
                line.cell("channel").isEmpty() ? "web" : line.cell("channel"),
                line.cell("customer").isEmpty() ? null : line.cell("customer"),
                priority.isEmpty() ? 5 : Integer.parseInt(priority),
                shipTo(line.cell("to")),
                units(line.cell("order")));
        Map<String, Map<String, Long>> stock = new HashMap<>();
        each(line.cell("stock"), words -> stock.computeIfAbsent(words[0], at -> new HashMap<>())
                .merge(words[2], Long.parseLong(words[1]), Long::sum));
        Map<String, Long> load = new HashMap<>();
        each(line.cell("orders today"), words -> load.put(words[0], Long.parseLong(words[1])));
        return router.route(
                order,
                (sku, location) -> stock.getOrDefault(location, Map.of()).getOrDefault(sku, 0L),
                location -> load.getOrDefault(location, 0L),
                line.cell("at").isEmpty() ? MONDAY_NOON : Instant.parse(line.cell("at")));
    }

    private static Command.@Nullable ShipTo shipTo(String cell) {
        if (cell.isEmpty()) {
            return null;
        }
        String[] parts = cell.split("/", -1);
        return new Command.ShipTo(
                parts[0],
                parts.length > 1 && !parts[1].isEmpty() ? parts[1] : null,
                parts.length > 2 ? parts[2] : null);
    }

    /** {@code 2 TEE, 1 MUG}. */
    static Map<String, Long> units(String cell) {
        Map<String, Long> units = new LinkedHashMap<>();
        each(cell, words -> units.merge(words[1], Long.parseLong(words[0]), Long::sum));
        return units;
    }

    private static void each(String cell, java.util.function.Consumer<String[]> what) {
        for (String item : cell.split(",")) {
            if (!item.isBlank()) {
                what.accept(item.strip().split(" +"));
            }
        }
    }

    private static List<String> cells(String line) {
        return java.util.Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    }

    /** {@code JKT 2 TEE, SUB 1 MUG, missing 1 MUG}; {@code nothing} when nothing is taken. */
    static String takes(Plan plan) {
        List<String> words = plan.takes().stream()
                .map(take -> take.location() + " " + take.quantity() + " " + take.sku())
                .collect(Collectors.toCollection(ArrayList::new));
        if (words.isEmpty()) {
            words.add("nothing");
        }
        plan.missing().forEach((sku, units) -> words.add("missing " + units + " " + sku));
        return String.join(", ", words);
    }

    /** A line for each candidate: {@code JKT+SUB = 700: JKT: cost 200 +200, 2 parcels +500}. */
    static String explained(Plan plan) {
        return plan.candidates().stream().map(Scenarios::explained).collect(Collectors.joining("\n"));
    }

    private static String explained(Candidate candidate) {
        String name = String.join("+", candidate.locations());
        if (candidate.refused() != null) {
            return name + " refused: " + candidate.refused();
        }
        String parts = candidate.parts().stream()
                .map(part -> part.title() + " +" + part.points())
                .collect(Collectors.joining(", "));
        return name + " = " + candidate.score() + (candidate.complete() ? "" : " incomplete") + ": " + parts;
    }
}
