package io.stockhub.routes.kafka;

import io.stockhub.routes.events.CloudEvents;
import io.stockhub.routes.events.Event;
import io.stockhub.routes.events.EventSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;

/**
 * Sends events by the route {@code events-out}: each to the topic of its type, under its key, as bytes. All of a batch are
 * acknowledged by the broker when it returns.
 */
public final class KafkaSink implements EventSink {
    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);

    private final CamelContext camel;
    private final KafkaSettings settings;
    private final Runnable prepare;
    private final Set<String> known = new HashSet<>();
    private final ProducerTemplate template;
    private long sentAt;

    /** @param prepare makes sure that the route runs; may throw, and is called until it did not */
    public KafkaSink(CamelContext camel, KafkaSettings settings, Runnable prepare) {
        this.camel = camel;
        this.settings = settings;
        this.prepare = prepare;
        this.template = camel.createProducerTemplate();
    }

    @Override
    public void send(List<Event> events) {
        prepare.run();
        try {
            List<Event> rest = probe(events);
            if (!rest.isEmpty()) {
                request(rest);
            }
            sentAt = System.nanoTime();
        } catch (RuntimeException e) {
            known.clear();
            throw e;
        }
    }

    /**
     * Where the client does not know a topic, each record waits for it on its own. So one goes ahead to each topic that was
     * not written lately: a broker that is down costs one wait, not one for each event. The first of its topic in any case,
     * so that the order stays.
     */
    private List<Event> probe(List<Event> events) {
        if (System.nanoTime() - sentAt > KNOWN_FOR.toNanos()) {
            known.clear();
        }
        List<Event> rest = new ArrayList<>(events.size());
        for (Event event : events) {
            if (known.add(topic(event))) {
                request(List.of(event));
            } else {
                rest.add(event);
            }
        }
        return rest;
    }

    private void request(List<Event> events) {
        List<Message> records = new ArrayList<>(events.size());
        for (Event event : events) {
            Message one = new DefaultMessage(camel);
            one.setBody(CloudEvents.json(event, settings.source()));
            one.setHeader(KafkaConstants.OVERRIDE_TOPIC, topic(event));
            one.setHeader(KafkaConstants.KEY, event.key());
            one.setHeader("content-type", CloudEvents.CONTENT_TYPE);
            records.add(one);
        }
        Exchange done = template.request(
                "direct:events-out", exchange -> exchange.getMessage().setBody(records));
        if (done.getException() != null) {
            throw new IllegalStateException(done.getException());
        }
    }

    private String topic(Event event) {
        return settings.topicPrefix()
                + switch (event.type()) {
                    case STOCK_CHANGED -> ".stock";
                    case ORDER_CHANGED -> ".orders";
                    case DEAD_LETTER_OPENED, DEAD_LETTER_CLOSED -> ".dead-letters";
                };
    }
}
