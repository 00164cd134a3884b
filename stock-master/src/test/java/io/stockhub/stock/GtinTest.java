package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GtinTest {
    @ParameterizedTest
    @ValueSource(strings = {"96385074", "036000291452", "4006381333931", "10614141000415", "00000000000000"})
    void numbersOfEveryLengthPassWithTheirCheckDigit(String gtin) {
        assertThatCode(() -> Gtin.check("gtin", gtin)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"96385070,4", "036000291453,2", "4006381333930,1", "10614141000410,5"})
    void aWrongCheckDigitIsRefusedWithTheOneThatWasExpected(String gtin, String expected) {
        assertThatThrownBy(() -> Gtin.check("gtin", gtin))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessage("gtin: \"" + gtin + "\" (expected: check digit " + expected + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123", "40063813339310000", "400638133393x", "-963850", "４００６３８１３３３９３１"})
    void whatHasNotTheShapeIsRefused(String text) {
        assertThatThrownBy(() -> Gtin.check("gtin", text)).isInstanceOf(InvalidCommandException.class);
    }

    @Test
    void everySingleWrongDigitIsNoticed() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        char[] digits = "10614141000415".toCharArray();
        int at = random.nextInt(digits.length);
        digits[at] = (char) ('0' + (digits[at] - '0' + 1 + random.nextInt(9)) % 10);
        assertThatThrownBy(() -> Gtin.check("gtin", new String(digits)))
                .as("seed " + seed)
                .isInstanceOf(InvalidCommandException.class);
    }

    @Test
    void theSameNumberMayBeWrittenShorterOrLonger() {
        assertThat(Gtin.as14("036000291452")).isEqualTo("00036000291452");
        assertThat(Gtin.as14("0036000291452")).isEqualTo("00036000291452");
        assertThat(Gtin.spellings("0036000291452")).containsExactly("036000291452", "0036000291452", "00036000291452");
        assertThat(Gtin.spellings("96385074"))
                .containsExactly("96385074", "000096385074", "0000096385074", "00000096385074");
        assertThat(Gtin.as14("TEE-M")).isNull();
        assertThat(Gtin.spellings("TEE-M")).isEmpty();
    }
}
