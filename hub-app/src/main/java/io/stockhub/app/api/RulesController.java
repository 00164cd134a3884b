package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.app.security.Caller;
import io.stockhub.app.settings.StockhubSettings;
import io.stockhub.stock.availability.Finding;
import io.stockhub.stock.availability.RulesDesk;
import io.stockhub.stock.availability.RulesDesk.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** The rules of availability: one document, versioned, tried before it holds. */
@RestController
class RulesController {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1_000;
    private static final Set<String> YAML = Set.of("application/yaml", "application/x-yaml", "text/yaml");

    private final RulesDesk rules;
    private final long maxBytes;

    RulesController(RulesDesk rules, StockhubSettings settings) {
        this.rules = rules;
        maxBytes = settings.http().maxJsonBytes();
    }

    /** {@code version} 0 and an empty document when none was ever applied. */
    record RulesView(
            long version,
            @Nullable String appliedBy,
            @Nullable Instant appliedAt,
            @Nullable String comment,
            String document) {}

    record Versions(List<RulesDesk.Entry> versions, @Nullable String next) {}

    record FindingView(int line, String path, String problem) {}

    record Check(List<FindingView> findings) {}

    record PlanView(
            long version,
            long changed,
            long lower,
            long toZero,
            long unchanged,
            long resold,
            List<RulesDesk.Change> changes,
            boolean more) {}

    /** {@code changed} false: the same document held already. */
    record Applied(long version, boolean changed, String appliedBy, Instant appliedAt) {}

    @GetMapping("/api/v1/rules")
    ResponseEntity<RulesView> current(HttpServletRequest request) {
        Query.of(request, Set.of(), Set.of());
        RulesView view =
                rules.current().map(RulesController::view).orElseGet(() -> new RulesView(0, null, null, null, ""));
        return ResponseEntity.ok()
                .header(HttpHeaders.ETAG, etag(view.version()))
                .body(view);
    }

    @GetMapping("/api/v1/rules/versions")
    Versions versions(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("before", "limit"), Set.of());
        int limit = query.limit(LIMIT_DEFAULT, LIMIT_MAX);
        List<RulesDesk.Entry> found = rules.history(query.positive("before"), limit + 1);
        boolean more = found.size() > limit;
        List<RulesDesk.Entry> page = more ? found.subList(0, limit) : found;
        return new Versions(page, more ? Long.toString(page.get(limit - 1).version()) : null);
    }

    @GetMapping("/api/v1/rules/versions/{version}")
    RulesView version(@PathVariable String version, HttpServletRequest request) {
        Query.of(request, Set.of(), Set.of());
        String what = "version of the rules";
        return rules.version(Ids.ofPath(version, ProblemType.NOT_FOUND, what))
                .map(RulesController::view)
                .orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, what, version));
    }

    /** Reads nothing of the stock. */
    @PostMapping("/api/v1/rules/check")
    Check check(HttpServletRequest request) {
        Query.of(request, Set.of(), Set.of());
        return new Check(views(rules.check(document(request))));
    }

    @PostMapping("/api/v1/rules/plan")
    PlanView plan(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("limit"), Set.of());
        RulesDesk.Plan plan = rules.plan(document(request), query.limit(LIMIT_DEFAULT, LIMIT_MAX));
        if (!plan.findings().isEmpty()) {
            throw refused(plan.findings());
        }
        return new PlanView(
                plan.version(),
                plan.changed(),
                plan.lower(),
                plan.toZero(),
                plan.unchanged(),
                plan.resold(),
                plan.changes(),
                plan.changed() > plan.changes().size());
    }

    @PutMapping("/api/v1/rules")
    ResponseEntity<Applied> apply(HttpServletRequest request, Caller caller) {
        Query query = Query.of(request, Set.of("comment", "expectedVersion"), Set.of());
        Long expected = expected(request, query);
        Outcome outcome = rules.apply(document(request), caller.name(), query.text("comment"), expected);
        return switch (outcome) {
            case Outcome.Applied(RulesDesk.Version version) -> applied(version, true);
            case Outcome.Unchanged(RulesDesk.Version version) -> applied(version, false);
            case Outcome.Refused(List<Finding> findings) -> throw refused(findings);
            case Outcome.Moved(long version) ->
                throw Problem.of(
                                ProblemType.RULES_MOVED,
                                "Version " + version + " holds by now. Look at it, plan again, and apply with it.")
                        .with("version", version)
                        .asException();
        };
    }

    private static ResponseEntity<Applied> applied(RulesDesk.Version version, boolean changed) {
        return ResponseEntity.ok()
                .header(HttpHeaders.ETAG, etag(version.version()))
                .body(new Applied(version.version(), changed, version.appliedBy(), version.appliedAt()));
    }

    private static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** From {@code If-Match} or the parameter; null when the caller takes whatever holds. */
    private static @Nullable Long expected(HttpServletRequest request, Query query) {
        Long parameter = query.positive("expectedVersion");
        String match = request.getHeader(HttpHeaders.IF_MATCH);
        if (match == null || match.strip().equals("*")) {
            return parameter;
        }
        String tag = match.strip();
        boolean quoted = tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"");
        long version = quoted ? Ids.parse(tag.substring(1, tag.length() - 1)) : -1;
        if (version < 0 || parameter != null && parameter != version) {
            throw query.invalid("If-Match", "(expected: one version in quotes, as in the ETag, such as \"3\")");
        }
        return version;
    }

    private String document(HttpServletRequest request) {
        String contentType = request.getContentType();
        if (!StrictJson.isJson(contentType) && !isYaml(contentType)) {
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "Send: Content-Type: application/yaml, or application/json (UTF-8)")
                    .asException();
        }
        byte[] body = Bodies.read(request, maxBytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "Not valid UTF-8.").asException();
        }
    }

    private static boolean isYaml(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).replace(" ", "").split(";");
        return YAML.contains(parts[0]) && (parts.length == 1 || parts[1].equals("charset=utf-8"));
    }

    private static RulesView view(RulesDesk.Version version) {
        return new RulesView(
                version.version(), version.appliedBy(), version.appliedAt(), version.comment(), version.document());
    }

    private static List<FindingView> views(List<Finding> findings) {
        return findings.stream()
                .map(finding -> new FindingView(finding.line(), finding.path(), finding.what()))
                .toList();
    }

    private static RuntimeException refused(List<Finding> findings) {
        String more = findings.size() == 1 ? "" : " (and " + (findings.size() - 1) + " more findings)";
        return Problem.of(ProblemType.INVALID_RULES, findings.get(0) + more)
                .with("findings", views(findings))
                .asException();
    }
}
