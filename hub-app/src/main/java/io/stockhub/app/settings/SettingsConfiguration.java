package io.stockhub.app.settings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Hands the settings to whoever needs them. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {
    @Bean
    StockhubSettings stockhubSettings(ConfigurableEnvironment environment) {
        return new SettingsLoader(System::getenv).load(environment);
    }
}
