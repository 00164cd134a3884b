package io.stockhub.app.wiring;

import io.stockhub.app.settings.EventSettings;
import io.stockhub.app.settings.StockhubSettings;
import io.stockhub.routes.Events;
import io.stockhub.routes.assembly.EventFlows;
import io.stockhub.routes.assembly.KafkaFlows;
import io.stockhub.routes.inbox.InboxMessage;
import io.stockhub.routes.kafka.KafkaSettings;
import io.stockhub.stock.StockQueries;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Events, and Kafka where it is set. */
@Configuration(proxyBeanMethods = false)
class EventWiring {

    /** Null without Kafka: nothing of it is loaded then. */
    record Kafka(@Nullable KafkaFlows flows) {}

    @Bean
    Kafka kafka(CamelContext camel, StockhubSettings settings, DataSource dataSource) {
        EventSettings.Kafka given = settings.events().kafka();
        return new Kafka(given == null ? null : new KafkaFlows(camel, settings(given), dataSource));
    }

    @Bean(destroyMethod = "")
    EventFlows eventFlows(DataSource dataSource, StockQueries queries, StockhubSettings settings, Kafka kafka) {
        EventFlows flows = new EventFlows(dataSource, queries, settings.events().retention());
        if (kafka.flows() != null) {
            flows.consumer(KafkaFlows.CONSUMER, kafka.flows().sink());
        }
        return flows;
    }

    @Bean
    Events events(EventFlows flows) {
        return flows.feed();
    }

    @Bean
    EventLifecycle eventLifecycle(EventFlows flows, Kafka kafka) {
        return new EventLifecycle(flows, kafka.flows());
    }

    private static KafkaSettings settings(EventSettings.Kafka given) {
        return new KafkaSettings(
                given.bootstrapServers(),
                given.topicPrefix(),
                given.source(),
                given.group(),
                given.security() == null ? Map.of() : security(given.security()),
                given.inbound().stream()
                        .map(in -> new KafkaSettings.Inbound(in.topic(), in.source(), flow(in.flow())))
                        .toList());
    }

    private static InboxMessage.Flow flow(String name) {
        return switch (name) {
            case "orders" -> InboxMessage.Flow.ORDERS_IN;
            case "receipts" -> InboxMessage.Flow.RECEIPTS_IN;
            case "adjustments" -> InboxMessage.Flow.ADJUSTMENTS_IN;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Map<String, String> security(EventSettings.Security given) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("security.protocol", given.protocol());
        if (given.mechanism() != null) {
            String module = given.mechanism().equals("PLAIN")
                    ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                    : "org.apache.kafka.common.security.scram.ScramLoginModule";
            properties.put("sasl.mechanism", given.mechanism());
            properties.put(
                    "sasl.jaas.config",
                    module + " required username=" + quoted(Objects.requireNonNull(given.user())) + " password="
                            + quoted(Objects.requireNonNull(given.password()).reveal()) + ";");
        }
        if (given.truststore() != null) {
            properties.put("ssl.truststore.type", "PEM");
            properties.put("ssl.truststore.location", given.truststore().toString());
        }
        return properties;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
