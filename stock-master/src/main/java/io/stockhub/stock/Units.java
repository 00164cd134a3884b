package io.stockhub.stock;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeMap;

/**
 * The units that one SKU is counted in. Conversion is exact or refused: a case that does not divide is never rounded, and
 * a unit without a factor is never guessed.
 *
 * @param base the unit of all quantities in the ledger, for example {@code EA}
 * @param factors how many base units are in one of each other unit, at least 1
 */
public record Units(String base, Map<String, Long> factors) {
    /** The base unit of a SKU that names none. */
    public static final String EACH = "EA";

    private static final int DIGITS_MAX = 19;
    private static final int SHOWN_MAX = 40;

    public Units {
        factors = Map.copyOf(factors);
    }

    /** @throws InvalidCommandException see {@link #toBase(String, BigDecimal, String)}; names {@code quantity} or {@code unit} */
    public long toBase(BigDecimal quantity, String unit) {
        return toBase("", quantity, unit);
    }

    /**
     * How many base units {@code quantity} of {@code unit} are. The sign stays.
     *
     * @param path where the two fields stand, for example {@code lines[0].}; empty for the top
     * @throws InvalidCommandException when the unit is unknown, the result is not whole, or it is too large
     */
    public long toBase(String path, BigDecimal quantity, String unit) {
        long factor = factor(path, unit);
        String field = path + "quantity";
        BigDecimal exact = quantity.multiply(BigDecimal.valueOf(factor)).stripTrailingZeros();
        if ((long) exact.precision() - exact.scale() > DIGITS_MAX) {
            throw tooLarge(field, quantity, unit);
        }
        if (exact.scale() > 0) {
            throw new InvalidCommandException(
                    field,
                    shown(quantity) + " " + unit + " of " + factor + " is " + shown(exact) + " " + base
                            + " (expected: a whole number of " + base + ")");
        }
        if (exact.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw tooLarge(field, quantity, unit);
        }
        return exact.longValueExact();
    }

    /**
     * How many of {@code unit} are in {@code quantity} base units.
     *
     * @throws InvalidCommandException when the unit is unknown or {@code quantity} does not divide
     */
    public long fromBase(long quantity, String unit) {
        long factor = factor("", unit);
        if (quantity % factor != 0) {
            throw new InvalidCommandException(
                    "quantity",
                    quantity + " " + base + " are no whole number of " + unit + " (expected: a multiple of " + factor
                            + ")");
        }
        return quantity / factor;
    }

    private long factor(String path, String unit) {
        if (unit.equals(base)) {
            return 1;
        }
        Long factor = factors.get(unit);
        if (factor == null) {
            throw new InvalidCommandException(path + "unit", "\"" + unit + "\" (expected: " + known() + ")");
        }
        return factor;
    }

    /** For people: {@code EA, CA (12 EA) or PL (480 EA)}. */
    private String known() {
        StringBuilder known = new StringBuilder(base);
        int left = factors.size();
        for (Map.Entry<String, Long> unit : new TreeMap<>(factors).entrySet()) {
            left--;
            known.append(left == 0 ? " or " : ", ").append(unit.getKey());
            known.append(" (").append(unit.getValue()).append(" ").append(base).append(")");
        }
        return known.toString();
    }

    private InvalidCommandException tooLarge(String field, BigDecimal quantity, String unit) {
        return new InvalidCommandException(
                field,
                shown(quantity) + " " + unit + " is too large (expected: at most " + Long.MAX_VALUE + " " + base + ")");
    }

    /** Plain where that is short; a number of a billion digits is written with its exponent. */
    private static String shown(BigDecimal number) {
        boolean isShort = Math.abs((long) number.scale()) + number.precision() < SHOWN_MAX;
        return isShort
                ? number.toPlainString()
                : number.round(new MathContext(SHOWN_MAX)).toString();
    }
}
