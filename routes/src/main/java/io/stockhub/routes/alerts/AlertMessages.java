package io.stockhub.routes.alerts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhub.routes.Alerts.Alert;
import io.stockhub.routes.outbound.Message;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Alerts as JSON: {@code type}, {@code timestamp} and {@code data}, as Standard Webhooks has it. */
final class AlertMessages {
    static final String OPENED = "stockhub.alert.opened";
    static final String CLOSED = "stockhub.alert.closed";
    static final String TEST = "stockhub.alert.test";
    private static final ObjectMapper JSON = new ObjectMapper();

    private AlertMessages() {}

    /** The same message for each target: it opened or, when it has an end, it is over. */
    static List<Message> of(Alert alert, List<String> targets) {
        ObjectNode data = JSON.createObjectNode();
        data.put("alert", Long.toString(alert.id()));
        data.put("kind", alert.kind());
        data.put("subject", alert.subject());
        data.put("severity", alert.severity().code());
        data.put("title", alert.words().title());
        data.put("meaning", alert.words().meaning());
        data.put("action", alert.words().action());
        data.put("docs", alert.words().docs());
        data.put("since", alert.since().toString());
        data.put("openedAt", alert.openedAt().toString());
        data.put("closedAt", text(alert.closedAt()));
        boolean over = alert.closedAt() != null;
        Instant at = over ? alert.closedAt() : alert.openedAt();
        return messages(over ? CLOSED : OPENED, "alert " + alert.id(), at, data, targets);
    }

    static List<Message> test(String by, Instant now, List<String> targets) {
        ObjectNode data = JSON.createObjectNode();
        data.put("title", "This is a test");
        data.put("meaning", "Alerts of this hub reach you. " + by + " asked for it.");
        data.put("action", "Nothing is to be done.");
        data.put("docs", "docs/alerts.md");
        return messages(TEST, "test", now, data, targets);
    }

    private static List<Message> messages(String type, String lane, Instant at, ObjectNode data, List<String> targets) {
        ObjectNode body = JSON.createObjectNode();
        body.put("type", type);
        body.put("timestamp", at.toString());
        body.set("data", data);
        String text = body.toString();
        String id = "msg_" + UUID.randomUUID().toString().replace("-", "");
        return targets.stream()
                .map(target -> new Message(target, lane, id, type, text))
                .toList();
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
