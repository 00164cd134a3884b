package io.stockhub.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** The hub itself, with everything that runs in it. Started by {@link Main} and, in tests, directly. */
@SpringBootApplication(
        exclude = UserDetailsServiceAutoConfiguration.class,
        scanBasePackages = {
            "io.stockhub.app.api",
            "io.stockhub.app.console",
            "io.stockhub.app.metrics",
            "io.stockhub.app.problem",
            "io.stockhub.app.security",
            "io.stockhub.app.settings",
            "io.stockhub.app.wiring"
        })
public class HubApplication {

    /**
     * Starts the hub and returns when it answers on its port.
     *
     * @param arguments settings the Spring way, for example {@code --server.port=8080}
     */
    public static ConfigurableApplicationContext start(String... arguments) {
        SpringApplication application = new SpringApplication(HubApplication.class);
        application.addListeners(new PidFile());
        return application.run(arguments);
    }
}
