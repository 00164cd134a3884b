package io.stockhub.routes.assembly;

import io.stockhub.routes.events.EventSink;
import io.stockhub.routes.inbox.InboxStore;
import io.stockhub.routes.kafka.CommitByHandOnly;
import io.stockhub.routes.kafka.KafkaIntake;
import io.stockhub.routes.kafka.KafkaSettings;
import io.stockhub.routes.kafka.KafkaSink;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Kafka, both ways. Nothing of it is loaded before the first event or {@link #startReading}. */
public final class KafkaFlows implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaFlows.class);

    /** Under which Kafka reads the events. */
    public static final String CONSUMER = "kafka";

    private final CamelContext camel;
    private final KafkaSettings settings;
    private final KafkaIntake intake;
    private boolean configured;
    private boolean sending;

    /** @param dataSource of the inbox */
    public KafkaFlows(CamelContext camel, KafkaSettings settings, DataSource dataSource) {
        this.camel = camel;
        this.settings = settings;
        this.intake = new KafkaIntake(settings, new InboxStore(JdbcClient.create(dataSource)), () -> {});
    }

    /** Begins to read the topics of the settings, if there are any. A broker that is down is waited for aside. */
    public synchronized void startReading() {
        if (settings.inbound().isEmpty()) {
            return;
        }
        configure();
        camel.getRegistry().bind("kafkaNoHeaders", only(""));
        camel.getRegistry().bind("kafkaCommitByHandOnly", new CommitByHandOnly());
        camel.getRegistry().bind("storeKafkaRecord", intake);
        camel.getPropertiesComponent().addOverrideProperty("stockhub.kafka.in.group", settings.groupId());
        camel.getPropertiesComponent()
                .addOverrideProperty(
                        "stockhub.kafka.in.topics",
                        settings.inbound().stream()
                                .map(KafkaSettings.Inbound::topic)
                                .collect(Collectors.joining(",")));
        load("kafka-in");
    }

    /** Ends reading; Camel ends the rest. */
    @Override
    public void close() {
        intake.close();
        try {
            camel.getRouteController().stopRoute("kafka-in");
        } catch (Exception e) {
            LOG.warn("Reading from Kafka did not end cleanly: {}", e.getMessage());
        }
    }

    /** Where events go. */
    public EventSink sink() {
        return new KafkaSink(camel, settings, this::prepareSending);
    }

    /** The names of brokers may not be known yet when the hub starts: then this is tried again with the next attempt. */
    private synchronized void prepareSending() {
        if (!sending) {
            configure();
            load("events-out");
            sending = true;
        }
    }

    private synchronized void configure() {
        if (configured) {
            return;
        }
        KafkaComponent component = camel.getComponent("kafka", KafkaComponent.class);
        // A broker that is down makes nobody unhealthy: whoever is behind says so.
        component.setHealthCheckConsumerEnabled(false);
        component.setHealthCheckProducerEnabled(false);
        KafkaConfiguration configuration = component.getConfiguration();
        configuration.setBrokers(settings.bootstrapServers());
        Map<String, Object> more = new HashMap<>(settings.security());
        more.put("reconnect.backoff.max.ms", "5000");
        configuration.setAdditionalProperties(more);
        camel.getRegistry().bind("kafkaContentTypeOnly", only("content-type"));
        configured = true;
    }

    private void load(String route) {
        try {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(PluginHelper.getResourceLoader(camel)
                            .resolveResource("classpath:stockhub/flows/" + route + ".camel.yaml"));
        } catch (Exception e) {
            try {
                camel.removeRoute(route);
            } catch (Exception left) {
                e.addSuppressed(left);
            }
            throw new IllegalStateException("route " + route + " could not be started", e);
        }
    }

    /** Lets one header out and nothing in: what others send never becomes a header of an exchange. */
    private static HeaderFilterStrategy only(String name) {
        return new HeaderFilterStrategy() {
            @Override
            public boolean applyFilterToCamelHeaders(String header, Object value, Exchange exchange) {
                return !header.equals(name);
            }

            @Override
            public boolean applyFilterToExternalHeaders(String header, Object value, Exchange exchange) {
                return true;
            }
        };
    }
}
