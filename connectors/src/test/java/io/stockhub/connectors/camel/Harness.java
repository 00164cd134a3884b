package io.stockhub.connectors.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.stockhub.connectors.Account;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Manifest.Setting;
import io.stockhub.connectors.QuantityUpdate;
import io.stockhub.connectors.Rate;
import io.stockhub.connectors.Secret;
import io.stockhub.connectors.Timing;
import io.stockhub.connectors.failure.JsonText;
import io.stockhub.connectors.folder.ConnectorFolders;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.impl.DefaultCamelContext;

/** Camel, the kit and a scripted HTTP server; one account of a connector whose secrets are canaries. */
final class Harness implements AutoCloseable {

    static final String CANARY = "canary-secret-of-";
    static final String TOKEN = "canary-token-";

    final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().containerThreads(80));
    final DefaultCamelContext camel = new DefaultCamelContext();
    final FakeMappings mappings = new FakeMappings();
    final ConnectorFolders folders = ConnectorFolders.load(List.of("classpath:connectors"));
    final CamelConnectors connectors;

    Harness() {
        this(true);
    }

    Harness(boolean started) {
        server.start();
        connectors = new CamelConnectors(camel, mappings, folders, Clock.systemUTC());
        if (started) {
            camel.start();
        }
    }

    /** An account under {@code /base} of the server, with all settings filled in, fast enough for tests. */
    Account account(String connector) {
        return account(connector, connector, UnaryOperator.identity());
    }

    Account account(String connector, String id, UnaryOperator<Timing> timing) {
        Manifest manifest = connectors.manifest(connector);
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, Secret> secrets = new LinkedHashMap<>();
        for (Setting setting : manifest.settings()) {
            if (setting.secret()) {
                secrets.put(setting.name(), Secret.of(CANARY + setting.name()));
            } else {
                settings.put(setting.name(), setting.example() == null ? "shop" : setting.example());
            }
        }
        Timing fast = Timing.defaults(manifest)
                .withRate(new Rate(10_000, 10_000))
                .withTimeout(Duration.ofSeconds(5))
                .withBreakerOpen(Duration.ofMillis(300));
        Account account = new Account(
                id,
                connector,
                URI.create(server.baseUrl() + "/base"),
                URI.create(server.baseUrl() + "/token"),
                settings,
                secrets,
                timing.apply(fast));
        connectors.addAccount(account);
        return account;
    }

    /** Mappings of a simple imaginary API, under the connector's names: enough to prove what the kit does. */
    Harness simpleMappings(String connector) {
        mappings.with(connector + "/order", UnaryOperator.identity());
        mappings.with(connector + "/set-quantities-request", Harness::setRequest);
        mappings.with(connector + "/set-quantities-answer", Harness::setAnswer);
        mappings.with(
                connector + "/read-quantities-request",
                in -> "{\"method\":\"GET\",\"path\":\"/stock\"," + "\"query\":{\"sku\":"
                        + JsonText.tree(in).at("/items/0/sku") + "}}");
        mappings.with(
                connector + "/read-quantities-answer",
                in -> "{\"items\":"
                        + (JsonText.tree(in).at("/body/items").isArray()
                                ? JsonText.tree(in).at("/body/items")
                                : "[]") + "}");
        mappings.with(
                connector + "/orders-page-request",
                in -> "{\"method\":\"GET\",\"path\":\"/orders\","
                        + "\"query\":{\"since\":" + JsonText.tree(in).at("/since") + ",\"limit\":"
                        + JsonText.tree(in).at("/limit") + "}}");
        mappings.with(
                connector + "/orders-page-answer",
                in -> "{\"orders\":"
                        + (JsonText.tree(in).at("/body/orders").isArray()
                                ? JsonText.tree(in).at("/body/orders")
                                : "[]")
                        + ",\"next\":"
                        + (JsonText.tree(in).at("/body/next").isTextual()
                                ? JsonText.tree(in).at("/body/next")
                                : "null") + "}");
        return this;
    }

    private static String setRequest(String in) {
        JsonNode root = JsonText.tree(in);
        ObjectNode request = JsonText.mapper().createObjectNode();
        request.put("method", "PUT").put("path", "/stock");
        request.putObject("query").put("key", root.path("idempotencyKey").asText());
        request.putObject("headers").put("X-Extra", "1");
        request.putObject("body").set("items", root.path("items"));
        return request.toString();
    }

    private static String setAnswer(String in) {
        ObjectNode out = JsonText.mapper().createObjectNode();
        ArrayNode results = out.putArray("results");
        for (JsonNode sku : JsonText.tree(in).at("/body/done")) {
            results.addObject().put("sku", sku.asText()).put("outcome", "confirmed");
        }
        return out.toString();
    }

    static QuantityUpdate update(String sku, long quantity) {
        return new QuantityUpdate(sku, null, quantity, null);
    }

    @Override
    public void close() {
        camel.stop();
        server.stop();
    }
}
