package io.stockhub.app.e2e;

import io.stockhub.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Writes the configuration of a hub under test, with its secrets in files, as in life. */
final class HubConfig {
    static final String ADMIN = "e2e-admin-key";
    static final String VIEWER = "e2e-viewer-key";

    private HubConfig() {}

    /** The folder for {@code --config}. */
    static Path write(Path folder, URI sandbox, EmbeddedPostgres postgres, String database) throws IOException {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("database", postgres.password());
        values.put("admin", ADMIN);
        values.put("viewer", VIEWER);
        for (String system : new String[] {"amazon", "ebay", "walmart"}) {
            values.put(system + "-client", "demo-" + system + "-client");
            values.put(system + "-secret", "demo-" + system + "-secret");
            values.put(system + "-refresh", "demo-" + system + "-refresh");
        }
        values.put("shopify-token", "demo-shopify-token");
        values.put("shopify-webhook", "demo-shopify-secret");
        for (Map.Entry<String, String> value : values.entrySet()) {
            Files.writeString(secrets.resolve(value.getKey()), value.getValue());
        }
        String template;
        try (InputStream in = Objects.requireNonNull(HubConfig.class.getResourceAsStream("/e2e/stockhub.yaml"))) {
            template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String sandboxUrl = sandbox.toString().replaceAll("/$", "");
        Files.writeString(
                folder.resolve("stockhub.yaml"),
                template.replace("{{sandbox}}", sandboxUrl)
                        .replace("{{database}}", postgres.jdbcUrl(database))
                        .replace("{{user}}", postgres.user())
                        .replace("{{secrets}}", secrets.toString()));
        return folder;
    }

    /** As {@link #write}, of a hub that has no channels and a broker. */
    static Path writeWithoutChannels(Path folder, EmbeddedPostgres postgres, String database, KafkaBroker broker)
            throws IOException {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("database"), postgres.password());
        Files.writeString(secrets.resolve("admin"), ADMIN);
        Files.writeString(
                folder.resolve("stockhub.yaml"),
                """
                database: {url: "%1$s", user: "%2$s", password: "file:%3$s/database"}
                keys:
                  - {name: admin, role: admin, key: "file:%3$s/admin"}
                locations:
                  - {id: NORTH, title: North}
                kafka:
                  bootstrapServers: "%4$s"
                  in:
                    - {topic: erp.receipts, source: erp, flow: receipts}
                    - {topic: erp.adjustments, source: erp, flow: adjustments}
                    - {topic: till.orders, source: till, flow: orders}
                """
                        .formatted(postgres.jdbcUrl(database), postgres.user(), secrets, broker.address()));
        return folder;
    }

    /** As {@link #write}, with a broker. */
    static Path writeWithBroker(
            Path folder, URI sandbox, EmbeddedPostgres postgres, String database, KafkaBroker broker)
            throws IOException {
        write(folder, sandbox, postgres, database);
        Files.writeString(
                folder.resolve("stockhub.yaml"),
                """
                kafka:
                  bootstrapServers: "%s"
                  in:
                    - {topic: erp.receipts, source: erp, flow: receipts}
                """
                        .formatted(broker.address()),
                StandardOpenOption.APPEND);
        return folder;
    }
}
