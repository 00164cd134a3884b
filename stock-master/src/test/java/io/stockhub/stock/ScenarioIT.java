package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The scenario tables: what a warehouse does, and what the stock is then. One test a title; the last test tells what no
 * table shows.
 */
class ScenarioIT {
    private static final Path FOLDER = Path.of("src/test/resources/scenarios");
    private static final Set<String> SEEN = new TreeSet<>();

    private static StockFixture stock;

    @BeforeAll
    static void start() {
        stock = new StockFixture();
    }

    @AfterAll
    static void close() throws Exception {
        stock.close();
    }

    @TestFactory
    Stream<DynamicNode> scenarios() throws IOException {
        List<DynamicNode> nodes = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".scenario"))
                    .sorted()
                    .toList()) {
                List<DynamicNode> tests = new ArrayList<>();
                titles(file).forEach((title, lines) -> tests.add(dynamicTest(title, () -> run(lines))));
                nodes.add(dynamicContainer(file.getFileName().toString(), tests));
            }
        }
        nodes.add(dynamicTest("every movement, answer and refusal comes up", () -> assertThat(SEEN)
                .containsAll(Scenario.all(refusals()))));
        return nodes.stream();
    }

    /** A line that begins with {@code ==} is the title of what follows. */
    private static Map<String, List<ScenarioLine>> titles(Path file) throws IOException {
        Map<String, List<ScenarioLine>> titles = new LinkedHashMap<>();
        List<ScenarioLine> lines = new ArrayList<>();
        List<String> text = Files.readAllLines(file);
        for (int i = 0; i < text.size(); i++) {
            if (text.get(i).startsWith("==")) {
                lines = new ArrayList<>();
                titles.put(text.get(i).replaceFirst("==\\s*", ""), lines);
            } else {
                ScenarioLine line = ScenarioLine.parse(i + 1, text.get(i));
                if (line != null) {
                    lines.add(line);
                }
            }
        }
        return titles;
    }

    private static void run(List<ScenarioLine> lines) throws Exception {
        stock.sql(
                """
                truncate sku, location, movement, posting, reservation, reservation_line, reservation_part, allocation,
                  idempotency, changed_sku, discrepancy, transfer cascade""");
        Scenario scenario = new Scenario(stock, SEEN);
        List<String> wrong = new ArrayList<>();
        for (ScenarioLine line : lines) {
            String said = scenario.run(line);
            if (said != null && !said.equals(line.expected())) {
                wrong.add("line " + line.number() + ": " + line.text() + "\n      but: " + said);
            }
        }
        scenario.close();
        if (!wrong.isEmpty()) {
            fail(String.join("\n", wrong));
        }
        assertThat(stock.queries.verify().passes())
                .as("%s", stock.queries.verify())
                .isTrue();
    }

    /** Every code that the ledger can refuse with. */
    private static Set<String> refusals() {
        return Arrays.stream(RefusalCode.values()).map(RefusalCode::code).collect(Collectors.toSet());
    }
}
