package io.stockhub.bench.ledger;

import io.stockhub.app.HubApplication;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.jdbc.RuleBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The hub as it is shipped, in this process, on the stage's database: its web server, its filters, its stock master, its
 * pumps. Only what belongs to channels is not there, since it has none; its rules are those of {@link Product}.
 */
final class Hub implements AutoCloseable {
    static final String KEY = "bench-key";

    /** An address of the table of rights, so that the filters do what they do for an order. */
    static final String NOTHING = "/api/v1/reservations?nothing";

    /** Kept, since the JDK forgets the level of a logger that nobody has. */
    private static final Logger WEB_SERVER = Logger.getLogger("org.apache");

    private final ConfigurableApplicationContext context;
    private final Path data;
    private final int port;

    private Hub(ConfigurableApplicationContext context, Path data) {
        this.context = context;
        this.data = data;
        this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** What an order would cost if nothing were done for it: only the bench has it. */
    @RestController
    static final class Nothing {
        record Done(String status) {}

        @PostMapping(path = "/api/v1/reservations", params = "nothing")
        @ResponseStatus(HttpStatus.CREATED)
        Done post() {
            return new Done("nothing");
        }
    }

    /** The one channel of the orders, which no flow tells anything. */
    @Configuration(proxyBeanMethods = false)
    static class OneChannel {
        @Bean
        @Primary
        RuleBook benchRules() {
            return Product.rules();
        }
    }

    /** Returns when it answers on its port. Nobody else may write to the stage until it is closed. */
    static Hub start(Stage stage) {
        // What the hub logs goes where the bench logs: standard output is for the figures.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        WEB_SERVER.setLevel(Level.WARNING);
        try {
            Path data = Files.createTempDirectory("bench-hub");
            Path key = Files.writeString(data.resolve("key"), KEY);
            Path password = Files.writeString(data.resolve("password"), stage.password());
            SpringApplication application =
                    new SpringApplication(HubApplication.class, Nothing.class, OneChannel.class);
            application.setRegisterShutdownHook(false);
            return new Hub(
                    application.run(
                            "--server.port=0",
                            "--stockhub.data=" + data,
                            "--stockhub.database.url=" + stage.url(),
                            "--stockhub.database.user=" + stage.user(),
                            "--stockhub.database.password=file:" + password,
                            "--stockhub.keys[0].name=" + Order.ACTOR,
                            "--stockhub.keys[0].role=operations",
                            "--stockhub.keys[0].key=file:" + key),
                    data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    StockMaster stockMaster() {
        return context.getBean(StockMaster.class);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        context.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
