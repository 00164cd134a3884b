package io.stockhub.connectors.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.connectors.QuantityResult;
import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.connectors.QuantityUpdate;
import io.stockhub.connectors.failure.Codes;
import io.stockhub.connectors.failure.JsonText;
import io.stockhub.connectors.failure.Redactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Matches what a channel said about items with the items that it was told: exactly one result each, never a guess. */
final class QuantityAnswers {

    private static final double WAIT_SECONDS_MAX = Duration.ofDays(1).toSeconds();

    private QuantityAnswers() {}

    static List<QuantityResult> match(List<QuantityUpdate> sent, String json, Redactor redactor) {
        Map<String, List<QuantityResult>> said = new HashMap<>();
        for (JsonNode node : JsonText.tree(json).path("results")) {
            QuantityResult result = result(node, redactor);
            said.computeIfAbsent(result.sku(), sku -> new ArrayList<>()).add(result);
        }
        return sent.stream()
                .map(item -> one(item.sku(), said.getOrDefault(item.sku(), List.of())))
                .toList();
    }

    /** The longest wait that the results ask for. */
    static Optional<Duration> pause(List<QuantityResult> results) {
        return results.stream()
                .filter(result -> result.outcome() == Outcome.THROTTLED)
                .map(QuantityResult::retryAfter)
                .filter(wait -> wait != null)
                .max(Duration::compareTo);
    }

    private static QuantityResult one(String sku, List<QuantityResult> said) {
        if (said.size() == 1) {
            return said.getFirst();
        }
        // Two answers for one item are as good as none: which one is true?
        String message =
                said.isEmpty() ? "the answer does not mention it" : "the answer mentions it " + said.size() + " times";
        return new QuantityResult(sku, Outcome.RETRY, Codes.NO_ANSWER_FOR_ITEM, message, null);
    }

    private static QuantityResult result(JsonNode node, Redactor redactor) {
        String outcome = node.path("outcome").asText().toUpperCase(Locale.ROOT).replace('-', '_');
        String message = Documents.text(node, "message");
        return new QuantityResult(
                node.path("sku").asText(),
                Outcome.valueOf(outcome),
                Documents.text(node, "code"),
                message == null ? null : redactor.clean(message),
                wait(node));
    }

    private static @Nullable Duration wait(JsonNode node) {
        if (!node.hasNonNull("retryAfterSeconds")) {
            return null;
        }
        double seconds = Math.clamp(node.path("retryAfterSeconds").asDouble(), 0, WAIT_SECONDS_MAX);
        return Duration.ofMillis((long) Math.ceil(seconds * 1000));
    }
}
