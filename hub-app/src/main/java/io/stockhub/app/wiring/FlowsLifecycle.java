package io.stockhub.app.wiring;

import io.stockhub.app.settings.LocationSettings;
import io.stockhub.app.settings.StockhubSettings;
import io.stockhub.routes.assembly.Flows;
import io.stockhub.stock.Catalogue;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/** Starts the flows after Camel and stops them before it; until then the hub is not healthy. */
final class FlowsLifecycle implements SmartLifecycle, HealthIndicator {
    /** Camel's own phase is {@code MAX_VALUE - 101}: it starts before this one and stops after it. */
    private static final int AFTER_CAMEL = Integer.MAX_VALUE - 50;

    private final Flows flows;
    private final Catalogue catalogue;
    private final StockhubSettings settings;
    private final StockWiring.StockNews news;
    private volatile boolean running;

    FlowsLifecycle(
            Flows flows, Catalogue catalogue, StockhubSettings settings, StockWiring.StockNews news) {
        this.flows = flows;
        this.catalogue = catalogue;
        this.settings = settings;
        this.news = news;
    }

    @Override
    public void start() {
        createLocations();
        news.tell(flows::stockChanged);
        try {
            flows.start();
        } catch (Exception e) {
            throw new IllegalStateException("The flows could not be started.", e);
        }
        running = true;
    }

    private void createLocations() {
        Set<String> known = catalogue.locations().stream()
                .map(Catalogue.Location::id)
                .collect(Collectors.toCollection(HashSet::new));
        for (LocationSettings location : settings.locations()) {
            if (known.add(location.id())) {
                catalogue.put(new Catalogue.Location(
                        location.id(),
                        location.title(),
                        location.kind(),
                        location.country(),
                        location.region(),
                        location.postalCode(),
                        location.priority()));
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        flows.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return AFTER_CAMEL;
    }

    @Override
    public Health health() {
        return running ? Health.up().build() : Health.outOfService().build();
    }
}
