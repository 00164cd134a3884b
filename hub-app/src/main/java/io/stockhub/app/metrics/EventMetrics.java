package io.stockhub.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.stockhub.routes.Events;
import io.stockhub.routes.Events.Consumer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * {@code stockhub_events_consumers}, and {@code stockhub_events_behind{consumer}} for each of them: events that it has not
 * got. One query. A consumer appears with the scrape after the one that found it.
 */
@Component
final class EventMetrics implements MeterBinder {
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Reading<List<Consumer>> reading;

    EventMetrics(Events events) {
        this.reading = new Reading<>("events", events::consumers);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("stockhub.events.consumers", () -> consumers(registry))
                .description("Readers of the feed of events, Kafka among them")
                .register(registry);
        reading.bindTo(registry);
    }

    private double consumers(MeterRegistry registry) {
        return reading.get()
                .map(consumers -> {
                    consumers.stream().map(Consumer::name).filter(known::add).forEach(name -> register(registry, name));
                    return (double) consumers.size();
                })
                .orElse(Double.NaN);
    }

    private void register(MeterRegistry registry, String name) {
        Gauge.builder("stockhub.events.behind", () -> behind(name))
                .tag("consumer", name)
                .description("Events that a reader of the feed has not got")
                .register(registry);
    }

    private double behind(String name) {
        return reading.get().stream()
                .flatMap(List::stream)
                .filter(consumer -> consumer.name().equals(name))
                .mapToDouble(Consumer::behind)
                .findFirst()
                .orElse(Double.NaN);
    }
}
