package io.stockhub.mapping;

import java.time.Duration;

/**
 * How much one evaluation may take. Whatever exceeds a bound is a {@link MappingException}.
 *
 * @param time of the evaluation; looked at between two steps of the expression, so one call of a built-in function is
 *     not interrupted, and one step counts for at most a tenth of the bound
 * @param depth how many steps of the expression may be nested, recursion included
 * @param inputBytes of UTF-8
 * @param jsonDepth levels of objects and arrays, of the input and of the output
 * @param outputChars of the output, and of any text that the mapping builds on the way
 */
public record Bounds(Duration time, int depth, int inputBytes, int jsonDepth, int outputChars) {

    /** 2 s, depth 100, 5 MiB in, 64 levels, 10 Mi characters out. */
    public static final Bounds DEFAULT = new Bounds(Duration.ofSeconds(2), 100, 5 << 20, 64, 10 << 20);

    public Bounds {
        if (time.isNegative() || time.isZero() || depth < 1 || inputBytes < 1 || jsonDepth < 1 || outputChars < 1) {
            throw new IllegalArgumentException("bounds: " + time + ", " + depth + ", " + inputBytes + ", " + jsonDepth
                    + ", " + outputChars + " (expected: all above 0)");
        }
    }
}
