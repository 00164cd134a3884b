package io.stockhub.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes records of {@code events} and {@code kafka}. */
final class EventSettingsReader {
    private static final Duration RETENTION = Duration.ofDays(7);

    private final SecretReferences secrets;
    private final Findings findings;

    EventSettingsReader(SecretReferences secrets, Findings findings) {
        this.secrets = secrets;
        this.findings = findings;
    }

    EventSettings read(JsonNode root) {
        JsonNode retention = root.path("events").path("retention");
        return new EventSettings(
                retention.isMissingNode() ? RETENTION : Units.duration(retention.asText()),
                root.has("kafka") ? kafka(root.get("kafka")) : null);
    }

    private EventSettings.Kafka kafka(JsonNode node) {
        List<EventSettings.Inbound> inbound = new ArrayList<>();
        for (JsonNode in : node.path("in")) {
            inbound.add(new EventSettings.Inbound(
                    in.get("topic").asText(),
                    in.get("source").asText(),
                    in.get("flow").asText()));
        }
        for (int i = 0; i < inbound.size(); i++) {
            String topic = inbound.get(i).topic();
            if (inbound.subList(0, i).stream().anyMatch(other -> other.topic().equals(topic))) {
                findings.add(List.of("kafka", "in", i, "topic"), "\"" + topic + "\" is read already");
            }
        }
        return new EventSettings.Kafka(
                node.get("bootstrapServers").asText(),
                node.path("topicPrefix").asText("stockhub"),
                node.path("source").asText("/stockhub"),
                node.path("group").asText("stockhub"),
                node.has("security") ? security(node.get("security")) : null,
                inbound);
    }

    private EventSettings.Security security(JsonNode node) {
        String mechanism = text(node, "mechanism");
        String protocol = node.get("protocol").asText();
        if (protocol.startsWith("SASL") != (mechanism != null && node.has("user") && node.has("password"))) {
            findings.add(
                    List.of("kafka", "security"),
                    protocol + " (expected: mechanism, user and password with SASL, none of them without)");
        }
        return new EventSettings.Security(
                protocol,
                mechanism,
                text(node, "user"),
                node.has("password")
                        ? secrets.resolve(node.get("password").asText(), List.of("kafka", "security", "password"))
                        : null,
                node.has("truststore") ? Path.of(node.get("truststore").asText()) : null);
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.has(name) ? node.get(name).asText() : null;
    }
}
