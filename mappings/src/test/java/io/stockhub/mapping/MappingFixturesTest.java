package io.stockhub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder {@code fixtures/<system>/<action>/<case>} is one test: in.json, and expected.json or expected-error.txt.
 */
class MappingFixturesTest {

    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final Mappings MAPPINGS = Mappings.load(List.of("classpath:mappings"));
    private static final ObjectMapper EXACT = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .setNodeFactory(new JsonNodeFactory(true));

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aRecordedInputGivesTheRecordedResult(Path fixture) throws IOException {
        Path folder = FIXTURES.resolve(fixture);
        String mapping = fixture.getParent().toString().replace('\\', '/');
        String in = Files.readString(folder.resolve("in.json"));
        if (Files.exists(folder.resolve("expected.json"))) {
            String expected = Files.readString(folder.resolve("expected.json"));
            // As text, so that digits and the order of keys count too.
            assertThat(MAPPINGS.apply(mapping, in))
                    .isEqualTo(EXACT.readTree(expected).toString());
        } else {
            String error =
                    Files.readString(folder.resolve("expected-error.txt")).strip();
            assertThatThrownBy(() -> MAPPINGS.apply(mapping, in))
                    .isInstanceOf(MappingException.class)
                    .hasMessageStartingWith(mapping + ": ")
                    .hasMessageContaining(error);
        }
    }

    @Test
    void everyMappingHasAFixtureThatPassesAndOneThatFails() throws IOException {
        Set<String> passing = new TreeSet<>();
        Set<String> failing = new TreeSet<>();
        for (Path fixture : cases().toList()) {
            boolean passes = Files.exists(FIXTURES.resolve(fixture).resolve("expected.json"));
            (passes ? passing : failing).add(fixture.getParent().toString().replace('\\', '/'));
        }
        assertThat(passing).isEqualTo(MAPPINGS.names());
        assertThat(failing).isEqualTo(MAPPINGS.names());
    }

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> paths = Files.walk(FIXTURES)) {
            return paths
                    .filter(path -> path.getFileName().toString().equals("in.json"))
                    .map(path -> FIXTURES.relativize(path.getParent()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
