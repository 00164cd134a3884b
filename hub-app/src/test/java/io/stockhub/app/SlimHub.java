package io.stockhub.app;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The web side of the hub on fakes: no database, no Camel. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration",
            "org.apache.camel.spring.boot.CamelAutoConfiguration"
        })
@ComponentScan({
    "io.stockhub.app.api",
    "io.stockhub.app.console",
    "io.stockhub.app.metrics",
    "io.stockhub.app.security",
    "io.stockhub.app.settings"
})
public class SlimHub {
    @Bean
    FakeHub fakeHub() {
        return new FakeHub();
    }

    @Bean
    FakeReconciliation fakeReconciliation() {
        return new FakeReconciliation();
    }

    @Bean
    FakeInbox fakeInbox() {
        return new FakeInbox();
    }

    @Bean
    FakeOversells fakeOversells() {
        return new FakeOversells();
    }

    @Bean
    FakeUndos fakeUndos() {
        return new FakeUndos();
    }

    @Bean
    FakeSubscriptions fakeSubscriptions() {
        return new FakeSubscriptions();
    }

    @Bean
    FakeSelfTests fakeSelfTests() {
        return new FakeSelfTests();
    }

    @Bean
    FakeAlerts fakeAlerts() {
        return new FakeAlerts();
    }

    @Bean
    FakeEvents fakeEvents() {
        return new FakeEvents();
    }

    @Bean
    FakeDesks fakeDesks() {
        return new FakeDesks();
    }
}
