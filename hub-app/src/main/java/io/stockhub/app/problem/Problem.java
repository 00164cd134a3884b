package io.stockhub.app.problem;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One problem document (RFC 9457).
 *
 * @param detail what is wrong with this request, for people
 * @param field the field, header or parameter at fault, for example {@code lines[0].quantity}; null when it is none
 * @param more extra members of the type, for example {@code shortages}
 */
public record Problem(ProblemType type, String detail, @Nullable String field, Map<String, Object> more) {
    public static final String MEDIA_TYPE = "application/problem+json";
    /** Seconds after which it is worth trying again, sent with every 503 as header and as member. */
    public static final int RETRY_AFTER_SECONDS = 2;

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, null, Map.of());
    }

    /** A problem of one field; the detail reads {@code quantity: -3 (expected: >= 1)}. */
    public static Problem ofField(ProblemType type, String field, String what) {
        return new Problem(type, field + ": " + what, field, Map.of());
    }

    public Problem with(String member, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put(member, value);
        return new Problem(type, detail, field, members);
    }

    public int status() {
        return type.status();
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }

    /** The members in the order in which they are written. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type.uri());
        members.put("title", type.title());
        members.put("status", type.status());
        members.put("detail", detail);
        if (field != null) {
            members.put("field", field);
        }
        if (type == ProblemType.UNAVAILABLE) {
            members.put("retryAfter", RETRY_AFTER_SECONDS);
        }
        members.putAll(more);
        return members;
    }
}
