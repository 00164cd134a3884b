package io.stockhub.stock;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Global Trade Item Numbers: 8, 12 (UPC), 13 (EAN) or 14 digits, the last of which checks the others. The same number may
 * be written shorter or longer, filled up with zeros from the left: two are the same when their 14 digits are.
 */
public final class Gtin {
    private static final int LENGTH_MAX = 14;
    private static final List<Integer> LENGTHS = List.of(8, 12, 13, LENGTH_MAX);

    private Gtin() {}

    /**
     * Refuses what is no GTIN.
     *
     * @param field what to name when it is wrong
     * @throws InvalidCommandException that says which check digit was expected
     */
    public static void check(String field, String gtin) {
        if (as14(gtin) == null) {
            throw new InvalidCommandException(field, "\"" + gtin + "\" (expected: 8, 12, 13 or 14 digits)");
        }
        int last = gtin.length() - 1;
        int expected = checkDigit(gtin.substring(0, last));
        if (gtin.charAt(last) - '0' != expected) {
            throw new InvalidCommandException(field, "\"" + gtin + "\" (expected: check digit " + expected + ")");
        }
    }

    /** The 14 digits by which numbers are compared; null when the text has not the shape of a GTIN. */
    @Nullable
    public static String as14(String text) {
        boolean digits = LENGTHS.contains(text.length()) && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? "0".repeat(LENGTH_MAX - text.length()) + text : null;
    }

    /** All ways to write the same number; none when the text has not the shape of a GTIN. */
    public static List<String> spellings(String gtin) {
        String full = as14(gtin);
        List<String> spellings = new ArrayList<>();
        if (full != null) {
            for (int length : LENGTHS) {
                int cut = LENGTH_MAX - length;
                if (full.substring(0, cut).chars().allMatch(c -> c == '0')) {
                    spellings.add(full.substring(cut));
                }
            }
        }
        return spellings;
    }

    /** GS1 General Specifications, section 7.9: weights 3 and 1 in turn, 3 for the digit next to the check digit. */
    private static int checkDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            boolean heavy = (digits.length() - i) % 2 == 1;
            sum += (digits.charAt(i) - '0') * (heavy ? 3 : 1);
        }
        return (10 - sum % 10) % 10;
    }
}
