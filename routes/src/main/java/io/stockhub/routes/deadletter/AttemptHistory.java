package io.stockhub.routes.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhub.routes.DeadLetters.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The attempts as they are kept: an array of {@code {attempt, at, code, message}}. */
final class AttemptHistory {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AttemptHistory() {}

    static List<Attempt> read(String json) {
        try {
            List<Attempt> attempts = new ArrayList<>();
            for (JsonNode attempt : JSON.readTree(json)) {
                attempts.add(new Attempt(
                        attempt.path("attempt").asInt(),
                        Instant.parse(attempt.path("at").asText()),
                        attempt.path("code").asText(),
                        attempt.path("message").asText()));
            }
            return attempts;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("history of a dead letter is not JSON", e);
        }
    }
}
