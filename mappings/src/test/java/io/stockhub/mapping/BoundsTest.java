package io.stockhub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BoundsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void aFunctionThatCallsItselfForEverIsStoppedByDepth() {
        Mappings mappings = new Written(folder)
                .any("( $f := function($x) { 1 + $f($x) };\n $f(1) )")
                .load(Written.bounds(LONG, 100));
        assertThatThrownBy(() -> mappings.apply(Written.ANY, "{}"))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("nested deeper than 100 steps");
    }

    @Test
    void aLoopWithoutEndIsStoppedByTimeAndNamesItsPlace() {
        Mappings mappings = new Written(folder)
                .any("( $f := function($x) { $f($x + 1) };\n $f(1) )")
                .load(Written.bounds(Duration.ofMillis(200), 100));
        assertThatThrownBy(() -> mappings.apply(Written.ANY, "{}"))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("took longer than 200 ms")
                .hasMessageContaining("line ");
    }

    @Test
    void aLoopInTheSecondMemberOfAnArrayIsStoppedToo() {
        Mappings mappings = new Written(folder)
                .any("( $f := function($x) { [0, 1 + $f($x)] }; [0, $f(1)] )")
                .load(Written.bounds(LONG, 100));
        assertThatThrownBy(() -> mappings.apply(Written.ANY, "{}")).hasMessageContaining("nested deeper than 100");
    }

    @Test
    void aLongFlatObjectIsNotTakenForDepth() {
        String members = IntStream.range(0, 300)
                .mapToObj(i -> "\"k" + i + "\":{\"v\":[x, x + " + i + "]}")
                .collect(Collectors.joining(","));
        String page = new Written(folder).any("{" + members + "}").load().apply(Written.ANY, "{\"x\":1}");
        assertThat(page).contains("\"k299\":{\"v\":[1,300]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            $map([1..2000], function($i) { $$ })              | output above 1000000 characters
            $join($map([1..200], function($i) { x }))         | a text above 1000000 characters
            $reduce([1..60], function($a, $b) { $a & $a }, x) | a text above 1000000 characters
            [1..10000000]                                     | a list above 1000000 members
            $pad(x, 2000000000)                               | $pad to 2000000000 (expected: within 10000)
            """)
    void aHugeOutputFromASmallInputIsRefused(String expression, String problem) {
        Mappings mappings = new Written(folder).any(expression).load(new Bounds(LONG, 100, 5 << 20, 64, 1_000_000));
        assertThatThrownBy(() -> mappings.apply(Written.ANY, "{\"x\":\"" + "y".repeat(10_000) + "\"}"))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void anInputAboveTheBoundIsRefusedByItsSizeInBytes() {
        Mappings mappings = new Written(folder).any("1").load(new Bounds(LONG, 100, 1000, 64, 1000));
        String fits = "{\"x\":\"" + "é".repeat(496) + "\"}";
        assertThat(mappings.apply(Written.ANY, fits)).contains("\"v\":1");
        assertThatThrownBy(() -> mappings.apply(Written.ANY, "{\"x\":\"" + "é".repeat(497) + "\"}"))
                .hasMessageContaining("input of 1002 bytes (expected: <= 1000)");
    }

    @Test
    void anInputDeeperThanTheBoundIsRefused() {
        Mappings mappings = new Written(folder).any("1").load();
        assertThat(mappings.apply(Written.ANY, "[".repeat(64) + "]".repeat(64))).contains("\"v\":1");
        assertThatThrownBy(() -> mappings.apply(Written.ANY, "[".repeat(65) + "]".repeat(65)))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1E-999999999"})
    void anExponentThatWouldTakeGigabytesIsRefused(String number) {
        Mappings mappings = new Written(folder).any("x").load();
        assertThatThrownBy(() -> mappings.apply(Written.ANY, "{\"x\":" + number + "}"))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("expected: an exponent within 1000");
    }

    @Test
    void boundsOfZeroAreRefused() {
        assertThatThrownBy(() -> new Bounds(Duration.ZERO, 1, 1, 1, 1)).hasMessageContaining("expected: all above 0");
    }
}
