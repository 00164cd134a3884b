package io.stockhub.app.security;

import static io.stockhub.app.security.Permission.EDI;
import static io.stockhub.app.security.Permission.MASTER_DATA;
import static io.stockhub.app.security.Permission.MOVE_STOCK;
import static io.stockhub.app.security.Permission.READ;
import static io.stockhub.app.security.Permission.REPLAY;
import static io.stockhub.app.security.Permission.RESERVE;
import static io.stockhub.app.security.Permission.RULES;
import static io.stockhub.app.security.Permission.SUBSCRIBE;
import static io.stockhub.app.security.Permission.SYNC;
import static io.stockhub.app.security.Permission.UNDO;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may call what, in one table. What the table does not name is denied, whoever asks. {@code HEAD} is judged as
 * {@code GET}; the path is matched as the web layer matches it, so that both always mean the same.
 */
final class AccessRules {
    /** One line of the table; {@code permission} null means that no key is needed. */
    record Rule(String method, PathPattern path, @Nullable Permission permission) {}

    private static final PathPatternParser PARSER = PathPatternParser.defaultInstance;

    private static final List<Rule> TABLE = List.of(
            open("GET", "/login"),
            open("POST", "/login"),
            open("GET", "/assets/{file}"),
            open("GET", "/api/openapi.yaml"),
            // The signature of the channel is checked behind this door.
            open("POST", "/webhooks/{channel}"),
            open("GET", "/actuator/health"),
            open("GET", "/actuator/health/liveness"),
            open("GET", "/actuator/health/readiness"),
            rule("GET", "/actuator/prometheus", READ),
            rule("POST", "/logout", READ),
            rule("GET", "/", READ),
            rule("GET", "/events", READ),
            rule("GET", "/stock", READ),
            rule("GET", "/channels", READ),
            rule("GET", "/channels/{channel}", READ),
            rule("POST", "/channels/{channel}/sync", SYNC),
            rule("POST", "/channels/{channel}/reconcile", SYNC),
            rule("POST", "/channels/{channel}/drifts/{id}/decide", SYNC),
            rule("GET", "/inbox", READ),
            rule("GET", "/inbox/{id}", READ),
            rule("GET", "/why-oversold", READ),
            rule("GET", "/dead-letters", READ),
            rule("GET", "/dead-letters/cause", READ),
            rule("POST", "/dead-letters/alias", REPLAY),
            rule("POST", "/dead-letters/preview", REPLAY),
            rule("POST", "/dead-letters/replay", REPLAY),
            rule("POST", "/dead-letters/discard", REPLAY),
            rule("GET", "/dead-letters/{id}", READ),
            rule("POST", "/dead-letters/{id}/replay", REPLAY),
            rule("POST", "/dead-letters/{id}/discard", REPLAY),
            rule("GET", "/replays", READ),
            rule("GET", "/replays/{id}", READ),
            rule("GET", "/replays/{id}/progress", READ),
            rule("POST", "/replays/{id}/pause", REPLAY),
            rule("POST", "/replays/{id}/resume", REPLAY),
            rule("POST", "/replays/{id}/cancel", REPLAY),
            rule("POST", "/api/v1/movements", MOVE_STOCK),
            rule("POST", "/api/v1/routing/try", READ),
            rule("POST", "/api/v1/reservations", RESERVE),
            rule("POST", "/api/v1/reservations/batch", RESERVE),
            rule("GET", "/api/v1/reservations/leaks", READ),
            rule("GET", "/api/v1/reservations", READ),
            rule("GET", "/api/v1/reservations/{id}", READ),
            rule("POST", "/api/v1/reservations/{id}/confirm", RESERVE),
            rule("POST", "/api/v1/reservations/{id}/pick", MOVE_STOCK),
            rule("POST", "/api/v1/reservations/{id}/ship", MOVE_STOCK),
            rule("POST", "/api/v1/reservations/{id}/cancel", RESERVE),
            rule("GET", "/api/v1/locations", READ),
            rule("GET", "/api/v1/locations/{id}", READ),
            rule("GET", "/api/v1/inbounds", READ),
            rule("GET", "/api/v1/inbounds/{location}/{reference}", READ),
            rule("POST", "/api/v1/inbounds/{location}/{reference}/close", MOVE_STOCK),
            rule("GET", "/api/v1/transfers", READ),
            rule("GET", "/api/v1/transfers/{id}", READ),
            rule("GET", "/api/v1/discrepancies", READ),
            rule("POST", "/api/v1/discrepancies/{id}/resolve", MOVE_STOCK),
            rule("POST", "/api/v1/counts", MOVE_STOCK),
            rule("GET", "/api/v1/counts", READ),
            rule("GET", "/api/v1/counts/{id}", READ),
            rule("POST", "/api/v1/counts/{id}/entries", MOVE_STOCK),
            rule("POST", "/api/v1/counts/{id}/post", MOVE_STOCK),
            rule("POST", "/api/v1/counts/{id}/cancel", MOVE_STOCK),
            rule("PUT", "/api/v1/locations/{id}", MASTER_DATA),
            rule("PUT", "/api/v1/locations/{id}/bins", MASTER_DATA),
            rule("GET", "/api/v1/skus/{sku}", READ),
            rule("PUT", "/api/v1/skus/{sku}", MASTER_DATA),
            rule("GET", "/api/v1/aliases/conflicts", READ),
            rule("POST", "/api/v1/aliases/conflicts/{id}/settle", MASTER_DATA),
            rule("GET", "/api/v1/availability", READ),
            rule("GET", "/api/v1/exposure", READ),
            rule("GET", "/api/v1/drifts", READ),
            rule("GET", "/api/v1/why-oversold", READ),
            rule("GET", "/api/v1/stock", READ),
            rule("GET", "/api/v1/stock/{sku}", READ),
            rule("GET", "/api/v1/stock/{sku}/why", READ),
            rule("GET", "/api/v1/stock/{sku}/promise", READ),
            rule("GET", "/api/v1/stock/{sku}/movements", READ),
            rule("GET", "/api/v1/rules", READ),
            rule("GET", "/api/v1/rules/versions", READ),
            rule("GET", "/api/v1/rules/versions/{version}", READ),
            rule("POST", "/api/v1/rules/check", READ),
            rule("POST", "/api/v1/rules/plan", READ),
            rule("PUT", "/api/v1/rules", RULES),
            rule("GET", "/api/v1/ledger/verify", READ),
            rule("POST", "/edi", EDI),
            rule("GET", "/api/v1/inbox", READ),
            rule("GET", "/api/v1/inbox/messages", READ),
            rule("GET", "/api/v1/dead-letters", READ),
            rule("GET", "/api/v1/dead-letters/{id}", READ),
            rule("POST", "/api/v1/dead-letters/replay", REPLAY),
            rule("POST", "/api/v1/dead-letters/discard", REPLAY),
            rule("POST", "/api/v1/dead-letters/causes/{cause}/fix", REPLAY),
            rule("GET", "/api/v1/replays", READ),
            rule("GET", "/api/v1/replays/{id}", READ),
            rule("POST", "/api/v1/replays/{id}/pause", REPLAY),
            rule("POST", "/api/v1/replays/{id}/resume", REPLAY),
            rule("POST", "/api/v1/replays/{id}/cancel", REPLAY),
            rule("GET", "/api/v1/undos", READ),
            rule("GET", "/api/v1/undos/runs", READ),
            rule("GET", "/api/v1/undos/{id}", READ),
            rule("POST", "/api/v1/undos/plan", READ),
            rule("POST", "/api/v1/undos", UNDO),
            rule("GET", "/api/v1/alerts", READ),
            rule("GET", "/api/v1/alerts/receivers", READ),
            rule("POST", "/api/v1/alerts/test", SYNC),
            rule("POST", "/api/v1/alerts/{id}/acknowledge", SYNC),
            rule("GET", "/api/v1/subscriptions", READ),
            rule("POST", "/api/v1/subscriptions", SUBSCRIBE),
            rule("DELETE", "/api/v1/subscriptions/{id}", SUBSCRIBE),
            rule("POST", "/api/v1/subscriptions/{id}/test", SUBSCRIBE),
            rule("POST", "/api/v1/subscriptions/{id}/rotate", SUBSCRIBE),
            rule("POST", "/api/v1/subscriptions/{id}/resume", SUBSCRIBE),
            rule("GET", "/api/v1/events/consumers", READ),
            rule("POST", "/api/v1/events/consumers/{consumer}/rewind", REPLAY),
            rule("POST", "/api/v1/events/tell-stock", REPLAY),
            rule("GET", "/api/v1/channels", READ),
            rule("GET", "/api/v1/channels/{channel}/self-tests", READ),
            rule("POST", "/api/v1/channels/{channel}/self-tests", SYNC),
            rule("POST", "/api/v1/channels/{channel}/sync", SYNC),
            rule("GET", "/api/v1/channels/{channel}/reconcile", READ),
            rule("POST", "/api/v1/drifts/{id}/decide", SYNC),
            rule("POST", "/api/v1/channels/{channel}/reconcile", SYNC));

    /** Rules of paths without variables, by method and path as they are written; most calls are one of these. */
    private static final Map<String, Rule> LITERAL = TABLE.stream()
            .filter(rule -> !rule.path().hasPatternSyntax())
            .collect(Collectors.toUnmodifiableMap(
                    rule -> rule.method() + " " + rule.path().getPatternString(), rule -> rule));

    private AccessRules() {}

    /** The rule of the request; empty when the table does not name it. */
    static Optional<Rule> of(HttpServletRequest request) {
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        Rule literal = LITERAL.get(method + " " + request.getRequestURI());
        if (literal != null) {
            return Optional.of(literal);
        }
        PathContainer path = PathContainer.parsePath(request.getRequestURI());
        return TABLE.stream()
                .filter(rule -> rule.method().equals(method) && rule.path().matches(path))
                .findFirst();
    }

    /** The methods that the table has for the path of the request; empty when it does not know the path. */
    static Set<String> methods(HttpServletRequest request) {
        PathContainer path = PathContainer.parsePath(request.getRequestURI());
        Set<String> methods = new LinkedHashSet<>();
        TABLE.stream().filter(rule -> rule.path().matches(path)).forEach(rule -> methods.add(rule.method()));
        return methods;
    }

    private static Rule open(String method, String path) {
        return new Rule(method, PARSER.parse(path), null);
    }

    private static Rule rule(String method, String path, Permission permission) {
        return new Rule(method, PARSER.parse(path), permission);
    }
}
