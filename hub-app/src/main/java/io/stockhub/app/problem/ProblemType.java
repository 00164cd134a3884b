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
    UNKNOWN_MOVEMENT(404, "There is no such movement"),
    UNKNOWN_INBOUND(404, "Nobody announced such an inbound"),
    METHOD_NOT_ALLOWED(405, "The path exists, the method does not"),
    INSUFFICIENT_STOCK(409, "Not enough stock"),
    NOT_HELD(409, "The reservation holds less than that"),
    RULES_MOVED(409, "Other rules hold than were expected"),
    SERIAL_KNOWN(409, "A unit with this serial is here already"),
    TRANSFER_EXISTS(409, "A transfer of this identifier left already"),
    NOT_IN_TRANSIT(409, "The transfer carries fewer of these units"),
    INBOUND_CLOSED(409, "The inbound is closed"),
    UNRECONCILED(409, "Differences are not resolved yet"),
    HOLD_EXPIRED(409, "The hold ran out"),
    NOT_CONFIRMED(409, "The units are only held"),
    ALREADY_REVERSED(409, "The movement was reversed already"),
    RETURNED_ALREADY(409, "Some of it came back already"),
    NOT_REVERSIBLE(409, "The movement is too old to be reversed"),
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
    INVALID_RULES(422, "The rules document is wrong"),
    READ_ONLY_LOCATION(422, "The location is run by a channel"),
    UNKNOWN_BIN(422, "The location has no such bin"),
    SAME_LOCATION(422, "A transfer to where it leaves"),
    WRONG_LOCATION(422, "The transfer goes elsewhere"),
    IN_THE_FUTURE(422, "It has not happened yet"),
    BUNDLE_WITHOUT_STOCK(422, "A bundle has no stock of its own"),
    NO_KIT(422, "The SKU is not made of components"),
    NOT_TRACKED(422, "The SKU is not tracked that closely"),
    LOT_MISSING(422, "The lot must be named"),
    LOT_DIFFERS(422, "The lot is known with another expiry"),
    SERIALS_MISSING(422, "The serials must be named"),
    SERIALS_NOT_COUNTED(422, "Units with serials are adjusted, not counted"),
    UNKNOWN_ORDER(422, "The channel has no such order"),
    UNKNOWN_TRANSFER(422, "No such transfer left"),
    NO_DISCREPANCY(422, "The inbound has no such discrepancy"),
    IS_A_REVERSAL(422, "A reversal is not reversed"),
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
