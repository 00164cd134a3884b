package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Reads bodies within their bound, and not one byte further. */
final class Bodies {
    private Bodies() {}

    /** The whole body. Refuses by the announced length before reading, else at the first byte beyond the bound. */
    static byte[] read(HttpServletRequest request, long maxBytes) {
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(Math.toIntExact(maxBytes) + 1);
        } catch (IOException cutOff) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "The body ended before its announced length.")
                    .asException();
        }
        if (body.length > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return body;
    }

    private static RuntimeException tooLarge(long maxBytes) {
        return Problem.of(ProblemType.PAYLOAD_TOO_LARGE, "At most " + maxBytes + " bytes are taken here.")
                .with("maxBytes", maxBytes)
                .asException();
    }
}
