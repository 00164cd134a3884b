package io.stockhub.app.api;

import io.stockhub.stock.InvalidCommandException;
import java.math.BigDecimal;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** The one place where a quantity on the wire, in whatever unit, becomes a number of base units: exactly or not at all. */
@Component
class BaseUnits {
    private static final String BASE_UNIT = "EA";

    /** How the lines of one request are converted. */
    interface Conversion {
        /**
         * Base units in {@code quantity} of {@code unit}.
         *
         * @param line number of the line
         * @param path where quantity and unit stand, for example {@code lines[0].}
         * @throws InvalidCommandException when the unit is unknown or the result is not whole
         */
        long toBase(int line, String path, String sku, BigDecimal quantity, String unit);
    }

    /** For lines that name a unit. */
    Conversion of(Collection<String> skus) {
        return (line, path, sku, quantity, unit) -> {
            if (!unit.equals(BASE_UNIT)) {
                throw new InvalidCommandException(path + "unit", "\"" + unit + "\" (expected: " + BASE_UNIT + ")");
            }
            try {
                return quantity.longValueExact();
            } catch (ArithmeticException notWhole) {
                throw new InvalidCommandException(
                        path + "quantity",
                        quantity.toPlainString() + " " + unit + " (expected: a whole number of " + BASE_UNIT + ")");
            }
        };
    }
}
