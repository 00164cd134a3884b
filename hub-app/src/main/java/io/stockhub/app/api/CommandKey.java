package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.stock.Limits;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency key of a command from the header {@code Idempotency-Key}. Its scope is caller and path, so that two
 * callers, or two calls of one caller, cannot meet by accident.
 *
 * @param value null when the caller gave none
 */
record CommandKey(@Nullable String value) {
    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotent-Replayed";
    private static final int LENGTH_MAX = 200;

    static CommandKey of(HttpServletRequest request, Caller caller) {
        List<String> headers = Collections.list(request.getHeaders(HEADER));
        if (headers.isEmpty()) {
            return new CommandKey(null);
        }
        String key = headers.get(0);
        boolean printable = key.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
        if (headers.size() > 1 || key.isBlank() || key.length() > LENGTH_MAX || !printable) {
            throw Problem.ofField(
                            ProblemType.INVALID_FIELD,
                            HEADER,
                            "(expected: once, 1 to " + LENGTH_MAX + " printable ASCII characters)")
                    .asException();
        }
        String scope = caller.name() + ":" + request.getRequestURI() + ":";
        String scoped = "http:" + scope + key;
        if (scoped.length() <= Limits.REFERENCE_LENGTH_MAX) {
            return new CommandKey(scoped);
        }
        return new CommandKey("http-hash:" + hash(scope + key));
    }

    /**
     * The key of one of the commands that came in one call: the same call again asks the same of each.
     *
     * @param index its place in the call, from 0
     */
    @Nullable
    String ofPart(int index) {
        if (value == null) {
            return null;
        }
        String part = value + "#" + index;
        return part.length() <= Limits.REFERENCE_LENGTH_MAX ? part : "http-hash:" + hash(value) + "#" + index;
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
