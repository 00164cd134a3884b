package io.stockhub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactValuesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "2147483648",
                "9007199254740993",
                "9223372036854775807",
                "12345678901234567890",
                "0.1",
                "1.10",
                "-0.5",
                "10.0",
                "1E+2",
                "123456789012345678.901234567890",
                "true",
                "null",
                "\"text\"",
                "[]",
                "{}",
                "[[1],[[2]],[]]",
                "[null,1,null]",
                "{\"z\":1,\"a\":{\"y\":null,\"b\":[0.10]}}"
            })
    void aValueThatIsHandedOnKeepsEveryDigitAndEveryKeyInItsPlace(String value) {
        assertThat(new Written(folder).any("x").value("{\"x\":" + value + "}")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$lookup($, \"x\")",
                "$single([x], function($v) { true })",
                "$single([x])",
                "$reduce([x, x], function($a, $b) { $b })",
                "$reduce([x], function($a, $b) { $b }, 0)",
                "[x, 1][0]",
                "$filter([x], function($v) { true })",
                "$map([x], function($v) { $v })",
                "$append([], x)[0]",
                "$merge([{\"k\": x}]).k",
                "($y := x; $y)",
                "true ? x : 0"
            })
    void aNumberThatAFunctionHandsOnKeepsEveryDigit(String expression) {
        for (String value : List.of("9007199254740993", "12345678901234567890", "1.10")) {
            assertThat(new Written(folder).any(expression).value("{\"x\":" + value + "}"))
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "12345678901234567890", "1.10"})
    void aNumberMadeTextKeepsEveryDigit(String value) {
        assertThat(new Written(folder).any("$string(x)").value("{\"x\":" + value + "}"))
                .isEqualTo("\"" + value + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "9007199254740993, 9007199254740993",
        "12345678901234567890, 12345678901234567890",
        "10.0, 10",
        "-3, -3",
        "1.50, 1.50",
        "1e3, 1000"
    })
    void textMadeANumberKeepsEveryDigitAndIsAnIntegerWhenWhole(String text, String number) {
        assertThat(new Written(folder).any("$number(x)").value("{\"x\":\"" + text + "\"}"))
                .isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            x + 0.5       | 3
            x * 2         | 5
            $sum([x,0.5]) | 3
            x / 2         | 1.25
            x - x         | 0
            -(x + 0.5)    | -3
            """)
    void arithmeticThatComesOutWholeIsAnInteger(String expression, String result) {
        assertThat(new Written(folder).any(expression).value("{\"x\":2.5}")).isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "1,5", "0x1F", "1e999999999", "NaN", "12 13"})
    void textThatIsNoNumberIsAnErrorWithItsPlace(String text) {
        Written written = new Written(folder).with(Written.ANY, "{\n  \"v\": $number(x)\n}");
        assertThatThrownBy(() -> written.load().apply(Written.ANY, "{\"x\":\"" + text + "\"}"))
                .hasMessage("test/orders-page-answer: line 2, column 15: \"" + text + "\" is not a number");
    }

    @Test
    void whatIsAbsentStaysAbsentAndWhatIsNullStaysNull() {
        String value = new Written(folder)
                .any("{\"a\":missing,\"b\":n,\"c\":[n, missing]}")
                .value("{\"n\":null}");
        assertThat(value).isEqualTo("{\"b\":null,\"c\":[null]}");
    }

    @Test
    void theInputIsNotChangedByAMappingThatFilters() {
        String value =
                new Written(folder).any("[l[$ != null], l, $count(e), e]").value("{\"l\":[1,null],\"e\":[]}");
        assertThat(value).isEqualTo("[1,1,null,0]");
    }
}
