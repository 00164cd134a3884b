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
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the flows once Camel runs, which is after every lifecycle bean, and stops them before it. The web port answers
 * earlier: until the flows run the hub is not healthy.
 */
final class FlowsLifecycle implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent>, HealthIndicator {

    private final Flows flows;
    private final Catalogue catalogue;
    private final StockhubSettings settings;
    private final StockWiring.StockNews news;
    private volatile boolean running;
    private volatile boolean flowing;

    FlowsLifecycle(Flows flows, Catalogue catalogue, StockhubSettings settings, StockWiring.StockNews news) {
        this.flows = flows;
        this.catalogue = catalogue;
        this.settings = settings;
        this.news = news;
    }

    @Override
    public void start() {
        createLocations();
        news.tell(flows::stockChanged);
        running = true;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        try {
            flows.start();
        } catch (Exception e) {
            throw new IllegalStateException("The flows could not be started.", e);
        }
        flowing = true;
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
        flowing = false;
        flows.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public Health health() {
        return flowing ? Health.up().build() : Health.outOfService().build();
    }
}
