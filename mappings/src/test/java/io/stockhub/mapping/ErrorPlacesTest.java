package io.stockhub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorPlacesTest {

    private static final String ORDER = "test/order";

    @TempDir
    Path folder;

    private MappingException loading(String text) {
        Written written = new Written(folder).with(ORDER, text);
        return catchThrowableOfType(MappingException.class, written::load);
    }

    private MappingException running(String text, String input) {
        Mappings mappings = new Written(folder).with(ORDER, text).load();
        return catchThrowableOfType(MappingException.class, () -> mappings.apply(ORDER, input));
    }

    private static String order(String quantity) {
        return "{\"orderRef\":\"1\",\"status\":\"open\",\"placedAt\":\"2026-09-04T07:00:00Z\","
                + "\"updatedAt\":\"2026-09-04T07:00:00Z\",\"shipTo\":{},\"lines\":[{\"lineRef\":\"1\",\"sku\":\"A\","
                + "\"quantity\":" + quantity + "}]}";
    }

    @Test
    void aSyntaxErrorIsFoundWhenLoadingAndNamesFileLineAndColumn() {
        MappingException e = loading("{\n  \"orderRef\": id,\n  \"status\": \n}");
        assertThat(e.mapping()).isEqualTo(ORDER);
        assertThat(e.place()).isEqualTo("line 4, column 1");
        assertThat(e)
                .hasMessageStartingWith("test/order: line 4, column 1: The symbol \"}\"")
                .hasMessageContaining("order.jsonata");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"a" 1}       | line 1, column 6
            `"abc`         | line 1, column 4
            a ~~ b        | line 1, column 3
            (a            | line 1, column 2
            /* no end     | line 1, column 10
            """)
    void brokenSyntaxHasAPlace(String text, String place) {
        assertThat(loading(text).place()).isEqualTo(place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"x": 1, "y": a + s}            | line 1, column 17 | right side
            (1; s > 1)                      | line 1, column 7  | same data type
            {"x": $nope(a)}                 | line 1, column 12 | non-function: $nope
            $error("bad " & s)              | line 1, column 7  | bad x
            $map([1, 2], function($v) { $error("at " & $v) }) | line 1, column 5 | at 1
            $assert(a = 2, "a is not 2")    | line 1, column 8  | a is not 2
            $toMillis(s)                    | line 1, column 10 | Text 'x' could not be parsed
            """)
    void aMappingThatFailsHasAPlace(String text, String place, String problem) {
        MappingException e = running(text, "{\"a\":1,\"s\":\"x\"}");
        assertThat(e.place()).isEqualTo(place);
        assertThat(e).hasMessageContaining(problem);
    }

    @Test
    void aFunctionWhoseLastStepFailsHasThePlaceWhereItWasCalled() {
        assertThat(running("(\n $f := function($x) { $error(\"no \" & $x) };\n {\"a\":\n  $f(1)}\n)", "{}")
                        .place())
                .isEqualTo("line 4, column 5");
    }

    @Test
    void anOutputThatBreaksItsSchemaNamesPointerValueAndExpectation() {
        MappingException e = running(order("q"), "{\"q\":-3}");
        assertThat(e.place()).isEqualTo("/lines/0/quantity");
        assertThat(e).hasMessage("test/order: /lines/0/quantity: -3 (expected: >= 1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            1000001              | /lines/0/quantity: 1000001 (expected: <= 1000000)
            1.5                  | /lines/0/quantity: 1.5 (expected: integer)
            "7"                  | /lines/0/quantity: "7" (expected: integer)
            null                 | /lines/0/quantity: null (expected: integer)
            big                  | /lines/0/quantity: 9007199254740993 (expected: <= 1000000)
            {}                   | /lines/0/quantity: an object (expected: integer)
            missing              | /lines/0/quantity: missing (expected: present)
            1,"extra":true       | /lines/0/extra: not allowed (expected: a property that the schema names)
            """)
    void everyKindOfFaultReadsAlike(String quantity, String message) {
        assertThat(running(order(quantity), "{\"big\":9007199254740993}")).hasMessage("test/order: " + message);
    }

    @Test
    void severalFaultsSayHowManyMore() {
        assertThat(running("{\"orderRef\":\"1\"}", "{}"))
                .hasMessageStartingWith("test/order: /status: missing (expected: present); and ");
    }

    @Test
    void anIgnoredOrderNeedsAReasonButNoLines() {
        String ignored = order("1").replace("open", "ignored").replaceFirst("\"lines\":.*", "\"lines\":[]}");
        assertThat(running(ignored, "{}")).hasMessageContaining("/reason: missing (expected: present)");
        String open = order("1").replaceFirst("\"lines\":.*", "\"lines\":[]}");
        assertThat(running(open, "{}")).hasMessageContaining("/lines: an array of 0 (expected: at least 1 members)");
    }

    @Test
    void aMappingThatProducesNothingIsAnError() {
        assertThat(running("orders.id", "{\"ordres\":{\"id\":1}}"))
                .hasMessageContaining("the mapping produced nothing");
    }

    @Test
    void aFunctionIsNoOutput() {
        assertThat(running("{\"orderRef\": $sum}", "{}")).hasMessageContaining("the output holds a function");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"a":1              | input line 1, column
            {"a":1} x           | input line 1, column 9
            {"a":1}{"b":2}      | something follows the document
            {"a":1,"a":2}       | Duplicate field
            {'a':1}             | input line 1, column 2
            {"a":NaN}           | input line 1, column
            not json            | the input cannot be read as JSON
            """)
    void anInputThatIsNotJsonHasAPlaceInTheInput(String input, String problem) {
        assertThat(running("a", input)).isInstanceOf(MappingException.class).hasMessageContaining(problem);
    }

    @Test
    void anEmptyInputIsAnError() {
        assertThat(running("a", " ")).hasMessageContaining("the input is empty");
    }

    @Test
    void textFromTheInputCannotBreakTheLineOfAMessageNorFillIt() {
        MappingException e = running("$error(s)", "{\"s\":\"one\\r\\ntwo " + "x".repeat(5000) + "\"}");
        assertThat(e.getMessage()).contains("one two").hasSizeLessThan(300).doesNotContain("\n");
    }

    @Test
    void anUnknownMappingIsNamedBesideTheKnownOnes() {
        Mappings mappings = new Written(folder).with(ORDER, "{}").load();
        assertThatThrownBy(() -> mappings.apply("nope/order", "{}"))
                .hasMessage("nope/order: no such mapping (expected: one of test/order)");
    }
}
