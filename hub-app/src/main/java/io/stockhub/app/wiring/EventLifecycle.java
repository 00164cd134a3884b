package io.stockhub.app.wiring;

import io.stockhub.routes.assembly.EventFlows;
import io.stockhub.routes.assembly.KafkaFlows;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Starts the feed of events once Camel runs, and stops it before Camel does. A reader that cannot be reached does not make
 * the hub unhealthy: what it has not got waits, and the detail says how much.
 */
final class EventLifecycle implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent>, HealthIndicator {
    private final EventFlows flows;
    private final @Nullable KafkaFlows kafka;
    private volatile boolean running;

    EventLifecycle(EventFlows flows, @Nullable KafkaFlows kafka) {
        this.flows = flows;
        this.kafka = kafka;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        flows.start();
        if (kafka != null) {
            kafka.startReading();
        }
    }

    @Override
    public void stop() {
        running = false;
        if (kafka != null) {
            kafka.close();
        }
        flows.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        try {
            flows.feed()
                    .consumers()
                    .forEach(consumer -> health.withDetail(
                            consumer.name(),
                            consumer.failingSince() == null
                                    ? "events behind: " + consumer.behind()
                                    : "events behind: " + consumer.behind() + ", failing since "
                                            + consumer.failingSince()));
        } catch (DataAccessException e) {
            health.withDetail("consumers", "unknown: the database does not answer");
        }
        return health.build();
    }
}
