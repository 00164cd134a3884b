package io.stockhub.routes.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhub.routes.inbox.InboxMessage;
import io.stockhub.routes.inbox.InboxStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Takes records into the inbox: the row is committed first, then the offset. A record is never passed by: while the database
 * does not take it, it is tried again right here, since the offset of a later one would say that this one was taken. What is
 * wrong with a record is found when it is handled, and ends in the dead letters.
 */
public final class KafkaIntake implements Processor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaIntake.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int NAME_MAX = 200;

    private final Map<String, KafkaSettings.Inbound> topics;
    private final InboxStore inbox;
    private final Runnable afterStore;
    private final CountDownLatch closed = new CountDownLatch(1);

    public KafkaIntake(KafkaSettings settings, InboxStore inbox, Runnable afterStore) {
        this.topics = settings.inbound().stream()
                .collect(Collectors.toMap(KafkaSettings.Inbound::topic, Function.identity()));
        this.inbox = inbox;
        this.afterStore = afterStore;
    }

    @Override
    public void process(Exchange exchange) throws InterruptedException {
        Message record = exchange.getMessage();
        store(message(record));
        try {
            record.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class)
                    .commit();
        } catch (RuntimeException e) {
            LOG.debug("An offset was not committed; the record comes again and ends at the inbox.", e);
        }
    }

    private void store(InboxMessage message) throws InterruptedException {
        boolean failing = false;
        while (true) {
            try {
                if (inbox.add(message)) {
                    afterStore.run();
                }
                return;
            } catch (DataAccessException e) {
                if (!failing) {
                    failing = true;
                    LOG.warn("Records of Kafka are not taken while the database does not take them.", e);
                }
                if (closed.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw e;
                }
            }
        }
    }

    private InboxMessage message(Message record) {
        KafkaSettings.Inbound from = topics.get(record.getHeader(KafkaConstants.TOPIC, String.class));
        byte[] value = record.getBody() instanceof byte[] bytes ? bytes : new byte[0];
        JsonNode json = read(value);
        boolean inside = json.hasNonNull("specversion");
        String place = from.topic() + "-" + record.getHeader(KafkaConstants.PARTITION) + "-"
                + record.getHeader(KafkaConstants.OFFSET);
        String id = inside
                ? cloudEvent(text(json, "source"), text(json, "id"))
                : cloudEvent(header(record, "ce_source"), header(record, "ce_id"));
        return new InboxMessage(
                from.flow(),
                from.source(),
                id == null ? place : id,
                lane(inside ? json.path("data") : json, place),
                mapping(from.flow()),
                "application/json",
                value);
    }

    private static String mapping(InboxMessage.Flow flow) {
        return switch (flow) {
            case ORDERS_IN -> "canonical/order";
            case RECEIPTS_IN -> "canonical/receipt";
            case ADJUSTMENTS_IN -> "canonical/adjustment";
        };
    }

    private static JsonNode read(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException unreadable) {
            return JSON.missingNode();
        }
    }

    /** Id and source together name an event; a sender that gives no id is known by the place of the record. */
    private static @Nullable String cloudEvent(@Nullable String source, @Nullable String id) {
        return id == null ? null : bounded("ce:" + (source == null ? "" : source) + ":" + id);
    }

    /** Messages about one thing keep their order; one that does not say what it is about stands alone. */
    private static String lane(JsonNode data, String otherwise) {
        for (String name : new String[] {"orderRef", "receiptRef", "adjustmentRef"}) {
            String value = text(data, name);
            if (value != null) {
                return bounded(value);
            }
        }
        return otherwise;
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isTextual() ? value.textValue() : null;
    }

    private static @Nullable String header(Message record, String name) {
        Headers headers = record.getHeader(KafkaConstants.HEADERS, Headers.class);
        Header header = headers == null ? null : headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** An index takes no name of any length. */
    private static String bounded(String name) {
        return name.length() <= NAME_MAX ? name : name.substring(0, NAME_MAX) + "#" + InboxStore.fingerprint(name);
    }

    /** Ends the wait for a database, so that the hub can stop; what was not stored comes again. */
    @Override
    public void close() {
        closed.countDown();
    }
}
