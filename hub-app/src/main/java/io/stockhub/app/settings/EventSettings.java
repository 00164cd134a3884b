package io.stockhub.app.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, told to others.
 *
 * @param retention how long events are kept once everybody has them
 * @param kafka null when they do not go out by Kafka
 */
public record EventSettings(Duration retention, @Nullable Kafka kafka) {

    /**
     * A Kafka cluster.
     *
     * @param bootstrapServers {@code host:port}, separated by commas
     * @param topicPrefix of the topics that we write
     * @param source who we are in the events, a URI reference
     * @param group under which all hubs read together
     * @param security null for a cluster that asks for nothing
     * @param inbound what we read
     */
    public record Kafka(
            String bootstrapServers,
            String topicPrefix,
            String source,
            String group,
            @Nullable Security security,
            List<Inbound> inbound) {
        public Kafka {
            inbound = List.copyOf(inbound);
        }
    }

    /**
     * How we show who we are, and know who they are.
     *
     * @param protocol Kafka's {@code security.protocol}
     * @param mechanism of SASL; null without
     * @param truststore PEM file with the certificates that we trust; null for those of Java
     */
    public record Security(
            String protocol,
            @Nullable String mechanism,
            @Nullable String user,
            @Nullable SecretValue password,
            @Nullable Path truststore) {}

    /** @param flow {@code orders}, {@code receipts} or {@code adjustments} */
    public record Inbound(String topic, String source, String flow) {}
}
