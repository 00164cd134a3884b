package io.stockhub.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.stockhub.routes.DeadLetters;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * {@code stockhub_dead_letters_open}: of all channels and EDI partners, also of those that are in the settings no more. One
 * query.
 */
@Component
final class DeadLetterMetrics implements MeterBinder {
    private final Reading<Long> reading;

    @Autowired
    DeadLetterMetrics(DeadLetters letters) {
        this.reading = new Reading<>("dead-letters", letters::open);
    }

    DeadLetterMetrics(DeadLetters letters, Executor aside, LongSupplier nanos) {
        this.reading = new Reading<>("dead-letters", letters::open, aside, nanos);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("stockhub.dead.letters.open", reading, letters -> letters.get()
                        .map(Long::doubleValue)
                        .orElse(Double.NaN))
                .description("Messages and stock numbers that were given up and wait for a person")
                .register(registry);
        reading.bindTo(registry);
    }
}
