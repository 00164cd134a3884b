package io.stockhub.routes.edi;

/** Numbers as X12 envelopes write them: digits alone. */
final class Numbers {
    private Numbers() {}

    static boolean isNumber(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Whether two control numbers are the same number, leading zeros aside. */
    static boolean same(String one, String other) {
        return isNumber(one, 9) && isNumber(other, 9)
                ? Integer.parseInt(one) == Integer.parseInt(other)
                : one.equals(other);
    }

    static boolean is(String text, int value) {
        return isNumber(text, 9) && Integer.parseInt(text) == value;
    }
}
