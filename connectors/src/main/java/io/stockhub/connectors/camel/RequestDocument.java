package io.stockhub.connectors.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Failure.Stage;
import io.stockhub.connectors.failure.Codes;
import io.stockhub.connectors.failure.JsonText;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a request mapping made, checked and ready to send. Mappings are trusted to say what to ask, not where: a request
 * that could leave the account's address, or set a header that is the kit's business, is poison.
 *
 * @param query encoded; null when there is none
 * @param body null when there is none
 */
record RequestDocument(
        String method,
        String path,
        @Nullable String query,
        Map<String, String> headers,
        @Nullable String contentType,
        @Nullable String body) {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> KIT_HEADERS = Set.of(
            "authorization",
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "te",
            "trailer",
            "cookie",
            "proxy-authorization",
            "expect");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    /**
     * @param json in the shape of {@code http-request.schema.json}
     * @throws CallFailure POISON when it cannot be sent
     */
    static RequestDocument parse(String json) {
        JsonNode root = JsonText.tree(json);
        String method = root.path("method").asText("");
        if (!METHODS.contains(method)) {
            throw poison(
                    Codes.BAD_REQUEST, "method: \"" + method + "\" (expected: one of GET, POST, PUT, PATCH, DELETE)");
        }
        Map<String, String> headers = headers(root.path("headers"));
        String contentType = remove(headers, "content-type");
        boolean form = root.path("form").isObject();
        String body = form ? pairs(root.path("form"), "form") : bodyOf(root.path("body"));
        String fallback = form ? FORM : JSON;
        return new RequestDocument(
                method,
                root.path("path").asText(""),
                query(root),
                headers,
                body == null ? null : contentType == null ? fallback : contentType,
                body);
    }

    /**
     * The address to call.
     *
     * @throws CallFailure POISON when it would not be below the base address
     */
    URI uri(URI base) {
        if (!path.startsWith("/") || path.startsWith("//")) {
            throw poison(Codes.PATH_ESCAPE, "path: \"" + shown(path) + "\" (expected: starts with one /)");
        }
        if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            throw poison(Codes.BAD_REQUEST, "path: \"" + shown(path) + "\" (expected: no ? and no #; use query)");
        }
        String root = base.toString().endsWith("/")
                ? base.toString().substring(0, base.toString().length() - 1)
                : base.toString();
        URI uri = legal(root + path + (query == null || query.isEmpty() ? "" : "?" + query));
        for (String segment : uri.getRawPath().split("/")) {
            String plain = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
            if (plain.equals("..") || plain.equals(".")) {
                throw poison(Codes.PATH_ESCAPE, "path: \"" + shown(path) + "\" (expected: no dot segments)");
            }
        }
        staysBelow(base, uri);
        return uri;
    }

    private void staysBelow(URI base, URI uri) {
        boolean sameServer = base.getScheme().equalsIgnoreCase(String.valueOf(uri.getScheme()))
                && base.getHost().equalsIgnoreCase(String.valueOf(uri.getHost()))
                && base.getPort() == uri.getPort()
                && uri.getRawUserInfo() == null;
        String basePath = base.getRawPath() == null ? "" : base.getRawPath();
        String root = basePath.endsWith("/") ? basePath : basePath + "/";
        if (!sameServer || !uri.getRawPath().startsWith(root)) {
            throw poison(Codes.PATH_ESCAPE, "path: \"" + shown(path) + "\" (expected: below the account's address)");
        }
    }

    private URI legal(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw poison(
                    Codes.BAD_REQUEST,
                    "path and query: \"" + shown(path) + "\" hold a character that is not allowed in an address"
                            + " (expected: data in a path is percent-encoded)");
        }
    }

    private static @Nullable String query(JsonNode root) {
        if (root.hasNonNull("rawQuery")) {
            String raw = root.path("rawQuery").asText();
            return raw.startsWith("?") ? raw.substring(1) : raw;
        }
        return root.path("query").isObject() ? pairs(root.path("query"), "query") : null;
    }

    private static String pairs(JsonNode object, String field) {
        return object.properties().stream()
                .filter(entry -> !entry.getValue().isNull())
                .map(entry -> encode(entry.getKey()) + "=" + encode(scalar(field, entry.getKey(), entry.getValue())))
                .collect(Collectors.joining("&"));
    }

    private static String scalar(String field, String name, JsonNode value) {
        if (!value.isValueNode()) {
            throw poison(Codes.BAD_REQUEST, field + "." + name + ": is no single value (expected: text or number)");
        }
        return value.asText();
    }

    // %20, not +: in a query both mean a blank to most servers, but only %20 does to all.
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Map<String, String> headers(JsonNode node) {
        Map<String, String> headers = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            String name = entry.getKey();
            String value = scalar("headers", name, entry.getValue());
            String lower = name.toLowerCase(Locale.ROOT);
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || !value.matches("[\\t\\x20-\\x7e]*")) {
                throw poison(Codes.BAD_REQUEST, "headers: \"" + shown(name) + "\" (expected: visible ASCII)");
            }
            if (KIT_HEADERS.contains(lower) || lower.startsWith("camel")) {
                throw poison(Codes.BAD_REQUEST, "headers." + name + ": is not a mapping's to set");
            }
            headers.put(name, value);
        });
        return headers;
    }

    private static @Nullable String remove(Map<String, String> headers, String lower) {
        String name = headers.keySet().stream()
                .filter(lower::equalsIgnoreCase)
                .findFirst()
                .orElse(null);
        return name == null ? null : headers.remove(name);
    }

    private static @Nullable String bodyOf(JsonNode body) {
        return body.isMissingNode() || body.isNull() ? null : body.toString();
    }

    private static String shown(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7e]", "?");
        return safe.length() <= 200 ? safe : safe.substring(0, 200) + "...";
    }

    private static CallFailure poison(String code, String message) {
        return new CallFailure(new Failure(Kind.POISON, Stage.ENCODE, code, "request mapping: " + message, null));
    }
}
