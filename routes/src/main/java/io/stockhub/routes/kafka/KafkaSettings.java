package io.stockhub.routes.kafka;

import io.stockhub.routes.inbox.InboxMessage;
import java.util.List;
import java.util.Map;

/**
 * A Kafka cluster and what we do there.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param topicPrefix of the topics that we write, for example {@code stockhub}
 * @param source who we are in the events, a URI reference
 * @param groupId under which all hubs read together
 * @param security further properties of the client, secrets among them; never logged
 * @param inbound what we read; may be empty
 */
public record KafkaSettings(
        String bootstrapServers,
        String topicPrefix,
        String source,
        String groupId,
        Map<String, String> security,
        List<Inbound> inbound) {

    public KafkaSettings {
        security = Map.copyOf(security);
        inbound = List.copyOf(inbound);
    }

    /** What a topic carries, and for whom it counts: {@code source} is a channel, or whoever sends receipts. */
    public record Inbound(String topic, String source, InboxMessage.Flow flow) {}

    /** Without what is secret. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + "]";
    }
}
