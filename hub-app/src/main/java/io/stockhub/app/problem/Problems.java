package io.stockhub.app.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Writes problems, from a controller or from a filter, always in the same way. */
public final class Problems {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Problems() {}

    public static ResponseEntity<Object> answer(Problem problem) {
        ResponseEntity.BodyBuilder builder =
                ResponseEntity.status(problem.status()).contentType(MediaType.valueOf(Problem.MEDIA_TYPE));
        if (problem.type() == ProblemType.UNAVAILABLE) {
            builder.header(HttpHeaders.RETRY_AFTER, Integer.toString(Problem.RETRY_AFTER_SECONDS));
        }
        return builder.body(problem.members());
    }

    /** For filters, where no controller will answer. Does nothing when an answer is on its way already. */
    public static void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = JSON.writeValueAsBytes(problem.members());
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (problem.type() == ProblemType.UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(Problem.RETRY_AFTER_SECONDS));
        }
        response.getOutputStream().write(body);
    }
}
