package io.stockhub.app.problem;

import java.util.Locale;

/** The closed list of problems. Names are part of the contract: scripts decide by them. */
public enum ProblemType {
    MALFORMED_JSON(400, "The body is not the JSON that was announced"),
    MALFORMED_REQUEST(400, "The request cannot be read"),
    UNREADABLE_EDI(400, "The body is not an EDI interchange"),
    UNAUTHORIZED(401, "A valid key is needed"),
    FORBIDDEN(403, "The key may not do this"),
    NOT_FOUND(404, "There is no such thing here"),
    UNKNOWN_RESERVATION(404, "There is no such reservation"),
    METHOD_NOT_ALLOWED(405, "The path exists, the method does not"),
    INSUFFICIENT_STOCK(409, "Not enough stock"),
    NOT_HELD(409, "The reservation holds less than that"),
    UNRECONCILED(409, "Differences are not resolved yet"),
    COUNT_NOT_SETTLED(409, "Lines of the count are not settled"),
    RECOUNT_BY_ANOTHER(409, "Another caller has to count"),
    WRONG_STATE(409, "It is not in a state for that"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The content type is not taken here"),
    INVALID_FIELD(422, "A field is wrong"),
    UNSUPPORTED_FIELD(422, "A field is not available yet"),
    UNSUPPORTED_PARAMETER(422, "A parameter is not available yet"),
    UNKNOWN_SKU(422, "Nobody created the SKU"),
    UNKNOWN_LOCATION(422, "Nobody created the location"),
    IDEMPOTENCY_CONFLICT(422, "The key was used before with other content"),
    INTERNAL(500, "Something went wrong here"),
    UNAVAILABLE(503, "Not available now, try again");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The stable name, for example {@code insufficient-stock}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The {@code type} member: a reference relative to the hub, for example {@code /problems/insufficient-stock}. */
    public String uri() {
        return "/problems/" + code();
    }
}
