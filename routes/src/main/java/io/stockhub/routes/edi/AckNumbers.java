package io.stockhub.routes.edi;

/**
 * Control numbers for one acknowledgement, never used before towards this partner.
 *
 * @param interchange ISA13, 1 to 999,999,999
 * @param group GS06, 1 to 999,999,999
 */
public record AckNumbers(int interchange, int group) {
    private static final int MOST = 999_999_999;

    public AckNumbers {
        check("interchange", interchange);
        check("group", group);
    }

    private static void check(String name, int number) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException("%s: %d (expected: 1 to %d)".formatted(name, number, MOST));
        }
    }
}
