package io.stockhub.stock.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a warehouse manager would expect; the tables are in {@code src/test/resources/scenarios/routing}. */
class RoutingScenariosTest {
    private static final Path FOLDER = Path.of("src/test/resources/scenarios/routing");

    @TestFactory
    Stream<DynamicTest> everyOrderGoesWhereTheTableSays() {
        return files().stream().flatMap(file -> Scenarios.read(text(file)).lines.stream()
                .map(line -> dynamicTest(
                        file.getFileName() + ":" + line.number() + " " + line.cell("order"),
                        () -> check(Scenarios.read(text(file)), line))));
    }

    @Test
    void thereAreTables() {
        assertThat(files()).hasSizeGreaterThan(8);
    }

    private static void check(Scenarios scenarios, Scenarios.Line line) {
        Plan plan = scenarios.plan(line);
        String explained = Scenarios.explained(plan);
        assertThat(Scenarios.takes(plan)).as(explained).isEqualTo(line.cell("takes"));
        for (String why : line.cell("why").split(";")) {
            assertThat(explained).contains(why.strip());
        }
        PlanCheck.explainsItself(plan);
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
