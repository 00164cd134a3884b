package io.stockhub.connectors.failure;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Failure.Stage;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Manifest.ErrorRule;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what an answer means: the manifest's exceptions first, then the table. Stateless and thread-safe. */
public final class FailureClassifier {

    private static final int MESSAGE_MAX = 500;

    private final Manifest manifest;
    private final RetryAfter retryAfter;
    private final Redactor redactor;

    public FailureClassifier(Manifest manifest, Redactor redactor, Clock clock) {
        this.manifest = manifest;
        this.redactor = redactor;
        this.retryAfter = new RetryAfter(manifest.limits().retryAfterHeaders(), clock);
    }

    /** What the answer to a call of an action means. */
    public Verdict judge(String action, CallKind call, Answer answer) {
        return judge(action, call, answer, JsonText.tree(answer.json()));
    }

    /** The same for a caller who has read the answer's JSON already. */
    public Verdict judge(String action, CallKind call, Answer answer, JsonNode body) {
        for (ErrorRule rule : manifest.errors()) {
            if (holds(rule.when(), action, answer, body)) {
                return byRule(rule, call, answer, body);
            }
        }
        if (!answer.succeeded()) {
            return new Verdict.Failed(byTable(call, answer, body));
        }
        return isReadable(call, answer) ? new Verdict.Readable() : new Verdict.Failed(garbage(call, answer));
    }

    /** What it means that no whole answer came. */
    public Failure judge(CallKind call, Throwable broken) {
        if (broken instanceof CallFailure known) {
            return known.failure();
        }
        return Breakage.failure(call, broken, text -> cut(redactor.clean(text)));
    }

    private Verdict byRule(ErrorRule rule, CallKind call, Answer answer, JsonNode body) {
        return switch (rule.kind()) {
            case ANSWER -> new Verdict.Readable();
            case EXPIRED_TOKEN -> new Verdict.ExpiredToken(failure(Kind.SETTINGS, Codes.UNAUTHORIZED, answer, body));
            default -> {
                Kind kind = unknownIfApplied(Kind.valueOf(rule.kind().name()), call, answer.status() >= 500);
                String code = rule.code() == null || kind == Kind.UNKNOWN_OUTCOME ? codeOf(kind) : rule.code();
                yield new Verdict.Failed(failure(kind, code, answer, body));
            }
        };
    }

    private Failure byTable(CallKind call, Answer answer, JsonNode body) {
        FailureTable.Row row = FailureTable.of(answer.status());
        Kind kind = unknownIfApplied(row.kind(), call, row.mayHaveApplied());
        return failure(kind, kind == Kind.UNKNOWN_OUTCOME ? Codes.OUTCOME_UNKNOWN : row.code(), answer, body);
    }

    private static Kind unknownIfApplied(Kind kind, CallKind call, boolean mayHaveApplied) {
        return kind == Kind.TRANSIENT && mayHaveApplied && call == CallKind.SINGLE_WRITE ? Kind.UNKNOWN_OUTCOME : kind;
    }

    private Failure failure(Kind kind, String code, Answer answer, JsonNode body) {
        boolean waits = kind == Kind.THROTTLED || kind == Kind.TRANSIENT;
        Duration wait = waits ? retryAfter.in(answer.headers()) : null;
        return new Failure(kind, Stage.SEND, code, message(answer, body), wait);
    }

    private Failure garbage(CallKind call, Answer answer) {
        String seen = answer.body().isEmpty() ? "an empty body" : "a body that is no JSON";
        String message = "HTTP " + answer.status() + " with " + seen + " (expected: JSON)";
        // A write was sent, and the answer that would say what became of it cannot be read.
        return call == CallKind.READ
                ? new Failure(Kind.TRANSIENT, Stage.DECODE, Codes.GARBAGE, message, null)
                : new Failure(Kind.UNKNOWN_OUTCOME, Stage.DECODE, Codes.GARBAGE, message, null);
    }

    private static boolean isReadable(CallKind call, Answer answer) {
        // An empty page would look like "no orders"; only 204 may say so without a word.
        boolean mayBeEmpty = call != CallKind.READ || answer.status() == 204;
        return answer.json() != null || (answer.body().isEmpty() && mayBeEmpty);
    }

    private static boolean holds(ErrorRule.When when, String action, Answer answer, JsonNode body) {
        return (when.status().isEmpty() || when.status().contains(answer.status()))
                && (when.action() == null || when.action().equals(action))
                && (when.bodyContains() == null || contains(answer.body(), when.bodyContains()))
                && (when.pointer() == null || points(body.at(when.pointer()), when.value()));
    }

    private static boolean contains(String body, String text) {
        return body.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    private static boolean points(JsonNode found, @Nullable String value) {
        boolean exists = !found.isMissingNode() && !found.isNull();
        return exists && (value == null || value.equals(found.asText()));
    }

    private String message(Answer answer, JsonNode body) {
        String words = manifest.errorMessages().stream()
                .map(body::at)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank() && !text.equals("null"))
                .findFirst()
                .orElse("");
        String status = "HTTP " + answer.status();
        return cut(redactor.clean(words.isEmpty() ? status : status + ": " + words));
    }

    private static String codeOf(Kind kind) {
        return switch (kind) {
            case TRANSIENT -> Codes.HTTP_5XX;
            case THROTTLED -> Codes.THROTTLED;
            case UNKNOWN_OUTCOME -> Codes.OUTCOME_UNKNOWN;
            case PERMANENT -> Codes.REJECTED;
            case SETTINGS -> Codes.UNAUTHORIZED;
            case POISON -> Codes.BUG;
        };
    }

    private static String cut(String text) {
        return text.length() <= MESSAGE_MAX ? text : text.substring(0, MESSAGE_MAX) + "...";
    }
}
