package io.stockhub.app.api;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.InvalidCommandException;
import io.stockhub.stock.Units;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The one place where a quantity on the wire, in whatever unit, becomes a number of base units: exactly or not at all. */
@Component
class BaseUnits {
    private final Catalogue catalogue;

    BaseUnits(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** How the lines of one request are converted. */
    interface Conversion {
        /**
         * Base units in {@code quantity} of {@code unit}.
         *
         * @param line number of the line
         * @param path where quantity and unit stand, for example {@code lines[0].}
         * @throws InvalidCommandException when the unit is unknown or the result is not whole
         * @throws io.stockhub.app.problem.ProblemException when nobody created the SKU
         */
        long toBase(int line, String path, String sku, BigDecimal quantity, String unit);
    }

    /** For lines that name a unit; reads the units of all of them at once. */
    Conversion of(Collection<String> skus) {
        Map<String, Units> units = skus.isEmpty() ? Map.of() : catalogue.units(skus);
        return (line, path, sku, quantity, unit) -> {
            Units known = units.get(sku);
            if (known == null) {
                throw Rejections.of(new Answer.UnknownSku(line, sku));
            }
            return known.toBase(path, quantity, unit);
        };
    }
}
