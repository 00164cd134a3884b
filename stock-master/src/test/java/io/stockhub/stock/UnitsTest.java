package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    private static final Units CASES = new Units("EA", Map.of("CA", 12L, "PL", 480L));

    @ParameterizedTest
    @CsvSource({
        "1,EA,1",
        "1,CA,12",
        "3,CA,36",
        "2.5,CA,30",
        "0.25,CA,3",
        "-2,CA,-24",
        "1,PL,480",
        "0,CA,0",
        "1.000,EA,1"
    })
    void quantitiesAreConvertedExactly(BigDecimal quantity, String unit, long base) {
        assertThat(CASES.toBase(quantity, unit)).isEqualTo(base);
    }

    @Test
    void whatDoesNotDivideIsAnErrorAndNeverARounding() {
        assertThatThrownBy(() -> CASES.toBase("lines[2].", new BigDecimal("0.3"), "CA"))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessage("lines[2].quantity: 0.3 CA of 12 is 3.6 EA (expected: a whole number of EA)");
        assertThatThrownBy(() -> CASES.toBase(new BigDecimal("0.999999999999"), "EA"))
                .isInstanceOf(InvalidCommandException.class);
        assertThatThrownBy(() -> CASES.fromBase(30, "CA"))
                .hasMessage("quantity: 30 EA are no whole number of CA (expected: a multiple of 12)");
    }

    @Test
    void anUnknownUnitNamesTheOnesThatExistAndIsNeverTakenForPieces() {
        assertThatThrownBy(() -> CASES.toBase("lines[0].", BigDecimal.ONE, "BX"))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessage("lines[0].unit: \"BX\" (expected: EA, CA (12 EA) or PL (480 EA))");
        assertThatThrownBy(() -> new Units("EA", Map.of()).toBase(BigDecimal.ONE, "ea"))
                .hasMessage("unit: \"ea\" (expected: EA)");
    }

    /** A shop showed 52,900 pieces of what is sold by the box of 1000: somebody could order a thousand times too much. */
    @Test
    void piecesAreNeverTakenForBoxes() {
        Units screws = new Units("EA", Map.of("BX", 1000L));
        assertThatThrownBy(() -> screws.fromBase(52_900, "BX")).isInstanceOf(InvalidCommandException.class);
        assertThat(screws.fromBase(52_000, "BX")).isEqualTo(52);
        assertThat(screws.toBase(BigDecimal.valueOf(52), "BX")).isEqualTo(52_000);
    }

    @Test
    void theSameNameIsAnotherNumberForAnotherSku() {
        Units dozens = new Units("EA", Map.of("CA", 12L));
        Units scores = new Units("EA", Map.of("CA", 20L));
        assertThat(dozens.toBase(BigDecimal.ONE, "CA")).isEqualTo(12);
        assertThat(scores.toBase(BigDecimal.ONE, "CA")).isEqualTo(20);
    }

    @Test
    void theBaseUnitMayBeAnyAndIsCountedByOnes() {
        Units cable = new Units("MTR", Map.of("ROLL", 100L));
        assertThat(cable.toBase(BigDecimal.valueOf(3), "MTR")).isEqualTo(3);
        assertThatThrownBy(() -> cable.toBase(BigDecimal.ONE, "EA")).isInstanceOf(InvalidCommandException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807,CA",
        "9223372036854775808,EA",
        "-9223372036854775809,EA",
        "1E+1000000000,CA",
        "1E-1000000000,CA",
        "0.0000000000000000000000000000000000000000000000000000000000001,EA"
    })
    void whatNoLongCanHoldIsAnErrorAtOnce(BigDecimal quantity, String unit) {
        assertThatThrownBy(() -> CASES.toBase(quantity, unit))
                .isInstanceOf(InvalidCommandException.class)
                .extracting(e -> e.getMessage().length())
                .satisfies(length -> assertThat((Integer) length).isLessThan(250));
    }

    @Test
    void thereAndBackIsTheSameNumber() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            long factor = 1 + random.nextLong(Limits.QUANTITY_MAX);
            long count = random.nextLong(-1_000_000_000, 1_000_000_000);
            Units units = new Units("EA", Map.of("CA", factor));
            assertThat(units.fromBase(units.toBase(BigDecimal.valueOf(count), "CA"), "CA"))
                    .as("seed " + seed)
                    .isEqualTo(count);
        }
    }
}
