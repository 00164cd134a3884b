package io.stockhub.connectors.folder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.connectors.LimitHint;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Manifest.Action;
import io.stockhub.connectors.Manifest.Authentication;
import io.stockhub.connectors.Manifest.ErrorRule;
import io.stockhub.connectors.Manifest.Headers;
import io.stockhub.connectors.Manifest.Limits;
import io.stockhub.connectors.Manifest.Orders;
import io.stockhub.connectors.Manifest.Quantities;
import io.stockhub.connectors.Manifest.RetryAfterHeader;
import io.stockhub.connectors.Manifest.Setting;
import io.stockhub.connectors.Manifest.VendorApi;
import io.stockhub.connectors.Manifest.Webhook;
import io.stockhub.connectors.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A manifest that the schema accepts, as records. */
final class ManifestTree {

    private static final int ORDERS_PER_PAGE = 100;
    private static final Duration RENEW_BEFORE = Duration.ofSeconds(60);
    private static final Duration APPLIED_LATER = Duration.ofMinutes(15);

    private ManifestTree() {}

    static Manifest toManifest(JsonNode root) {
        return new Manifest(
                root.path("id").asText(),
                root.path("title").asText(),
                root.path("kind").asText(),
                vendorApi(root.path("vendorApi")),
                map(root.path("actions"), ManifestTree::action),
                settings(root.path("settings")),
                authentication(root.path("authentication")),
                headers(root.path("headers")),
                limits(root.path("limits")),
                orders(root.path("orders")),
                root.has("webhook") ? webhook(root.path("webhook")) : null,
                root.has("quantities") ? quantities(root.path("quantities")) : null,
                list(root.path("errors"), ManifestTree::errorRule),
                list(root.path("errorMessages"), JsonNode::asText));
    }

    private static VendorApi vendorApi(JsonNode node) {
        return new VendorApi(
                node.path("name").asText(),
                node.path("version").asText(),
                node.path("docs").asText(),
                text(node, "endOfLife"));
    }

    private static Action action(JsonNode node) {
        Action.Effect effect = constant(Action.Effect.class, node.path("kind"));
        boolean repeatable =
                effect == Action.Effect.READ || node.path("repeatable").asBoolean(false);
        return new Action(effect, repeatable, node.has("rate") ? rate(node.path("rate")) : null);
    }

    private static Rate rate(JsonNode node) {
        return new Rate(
                node.path("requestsPerSecond").asDouble(), node.path("burst").asInt());
    }

    private static List<Setting> settings(JsonNode node) {
        List<String> required = list(node.path("required"), JsonNode::asText);
        List<Setting> settings = new ArrayList<>();
        node.path("properties")
                .properties()
                .forEach(entry ->
                        settings.add(setting(entry.getKey(), entry.getValue(), required.contains(entry.getKey()))));
        return List.copyOf(settings);
    }

    private static Setting setting(String name, JsonNode node, boolean required) {
        return new Setting(
                name,
                node.path("description").asText(),
                required,
                node.has("format"),
                text(node, "pattern"),
                list(node.path("enum"), JsonNode::asText),
                text(node, "example"));
    }

    private static Authentication authentication(JsonNode node) {
        return new Authentication(
                constant(Authentication.Kind.class, node.path("kind")),
                node.has("credentials") ? constant(Authentication.Credentials.class, node.path("credentials")) : null,
                text(node, "clientId"),
                text(node, "clientSecret"),
                text(node, "refreshToken"),
                text(node, "secret"),
                text(node, "scope"),
                node.path("header").asText(),
                node.path("prefix").asText(""),
                duration(node, "renewBefore", RENEW_BEFORE));
    }

    private static Headers headers(JsonNode node) {
        return new Headers(map(node.path("constant"), JsonNode::asText), map(node.path("generated"), JsonNode::asText));
    }

    private static Limits limits(JsonNode node) {
        int batchSize = node.path("batchSize").asInt();
        return new Limits(
                node.path("requestsPerSecond").asDouble(),
                node.path("burst").asInt(),
                node.path("maxInFlight").asInt(),
                node.path("timeoutSeconds").asInt(),
                batchSize,
                node.path("readBatchSize").asInt(batchSize),
                node.path("ordersPerPage").asInt(ORDERS_PER_PAGE),
                list(
                        node.path("retryAfterHeaders"),
                        header -> new RetryAfterHeader(
                                header(header), constant(RetryAfterHeader.Format.class, header.path("format")))),
                list(node.path("learn"), ManifestTree::limitHint));
    }

    private static LimitHint limitHint(JsonNode node) {
        JsonNode points = node.path("points");
        if (!points.isMissingNode()) {
            return new LimitHint.Points(
                    points.path("available").asText(),
                    points.path("restorePerSecond").asText(),
                    points.path("cost").asText(),
                    points.has("ratesHoldAt") ? points.path("ratesHoldAt").asDouble() : null);
        }
        return node.has("rate")
                ? new LimitHint.PerSecond(header(node.path("rate")))
                : new LimitHint.Remaining(header(node.path("remaining")));
    }

    private static String header(JsonNode node) {
        return node.path("header").asText().toLowerCase(Locale.ROOT);
    }

    private static Orders orders(JsonNode node) {
        if (node.isMissingNode()) {
            return Orders.NONE;
        }
        return new Orders(
                constant(Orders.Source.class, node.path("source")),
                duration(node, "pollInterval", Orders.NONE.pollInterval()),
                duration(node, "lookBack", Orders.NONE.lookBack()),
                duration(node, "safetyLag", Orders.NONE.safetyLag()));
    }

    private static Webhook webhook(JsonNode node) {
        JsonNode signature = node.path("signature");
        return new Webhook(
                new Webhook.Signature(
                        signature.path("algorithm").asText(),
                        signature.path("header").asText().toLowerCase(Locale.ROOT),
                        constant(Webhook.Signature.Encoding.class, signature.path("encoding")),
                        signature.path("secret").asText()),
                lowerCase(text(node, "idHeader")),
                lowerCase(text(node, "topicHeader")),
                text(node, "keyPointer"),
                map(node.path("topics"), JsonNode::asText));
    }

    private static Quantities quantities(JsonNode node) {
        return new Quantities(
                node.path("means").asText(),
                node.path("subtractsOwnOrders").asBoolean(),
                node.path("appliedAt").asText().equals("once")
                        ? Duration.ZERO
                        : duration(node, "appliedWithin", APPLIED_LATER),
                node.path("compareAndSet").asBoolean(),
                node.path("perLocation").asBoolean(),
                node.path("restoredOnCancel").asBoolean());
    }

    private static ErrorRule errorRule(JsonNode node) {
        JsonNode when = node.path("when");
        JsonNode status = when.path("status");
        return new ErrorRule(
                new ErrorRule.When(
                        status.isInt() ? List.of(status.asInt()) : list(status, JsonNode::asInt),
                        text(when, "action"),
                        text(when, "bodyContains"),
                        text(when, "pointer"),
                        text(when, "value")),
                constant(ErrorRule.Meaning.class, node.path("kind")),
                text(node, "code"));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode node) {
        return Enum.valueOf(type, node.asText().toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static Duration duration(JsonNode node, String field, Duration otherwise) {
        return node.has(field) ? Duration.parse(node.path(field).asText()) : otherwise;
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.has(field) ? node.path(field).asText() : null;
    }

    private static @Nullable String lowerCase(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private static <T> List<T> list(JsonNode node, Function<JsonNode, T> each) {
        return StreamSupport.stream(node.spliterator(), false).map(each).toList();
    }

    private static <T> Map<String, T> map(JsonNode node, Function<JsonNode, T> each) {
        Map<String, T> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> map.put(entry.getKey(), each.apply(entry.getValue())));
        return Collections.unmodifiableMap(map);
    }
}
