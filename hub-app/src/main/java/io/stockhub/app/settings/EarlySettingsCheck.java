package io.stockhub.app.settings;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/** Refuses wrong settings before anything is started, the database least of all. */
final class EarlySettingsCheck implements EnvironmentPostProcessor, Ordered {
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.containsProperty(SettingsLoader.CONFIG)) {
            new SettingsLoader(System::getenv).load(environment);
        }
    }

    /** After every other source of settings is known. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
