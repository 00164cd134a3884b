package io.stockhub.app.wiring;

import io.stockhub.app.settings.StockhubSettings;
import java.nio.file.Files;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** In the demo the hub is healthy when the story has been told: from then on nothing moves unasked. */
@Component
@ConditionalOnProperty("stockhub.demo")
class DemoStory implements HealthIndicator {
    private final StockhubSettings settings;

    DemoStory(StockhubSettings settings) {
        this.settings = settings;
    }

    @Override
    public Health health() {
        boolean told = Files.exists(settings.data().resolve("story.done"));
        return told
                ? Health.up().build()
                : Health.outOfService().withDetail("story", "being played").build();
    }
}
