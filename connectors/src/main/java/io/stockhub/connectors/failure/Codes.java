package io.stockhub.connectors.failure;

/** The failure codes of the kit: what dead letters are grouped by, so they never change. */
public final class Codes {

    /** No connection: refused, no such host, no route, TLS, or cut before an answer. */
    public static final String UNREACHABLE = "channel.unreachable";
    /** No answer in time to a call that may be repeated. */
    public static final String TIMEOUT = "channel.timeout";
    /** 408, 425 and 5xx. */
    public static final String HTTP_5XX = "channel.http_5xx";
    /** Too many calls, said by the system or known by us. */
    public static final String THROTTLED = "channel.throttled";
    /** A write that may or may not have been applied. */
    public static final String OUTCOME_UNKNOWN = "channel.outcome_unknown";
    /** The credentials are refused. */
    public static final String UNAUTHORIZED = "channel.unauthorized";
    /** The system has moved. */
    public static final String REDIRECTED = "channel.redirected";
    /** Understood and refused. */
    public static final String REJECTED = "channel.rejected";
    /** Not the JSON that was expected, too large, or in another charset. */
    public static final String GARBAGE = "channel.garbage";
    /** The account failed as a whole a moment ago: not called. */
    public static final String BREAKER_OPEN = "channel.breaker_open";
    /** The answer does not mention an item that was sent. */
    public static final String NO_ANSWER_FOR_ITEM = "channel.no_answer_for_item";
    /** The mapping's request would leave the account's address. */
    public static final String PATH_ESCAPE = "mapping.path_escape";
    /** The mapping's request is none that can be sent. */
    public static final String BAD_REQUEST = "mapping.bad_request";
    /** The mapping failed. */
    public static final String MAPPING_FAILED = "mapping.failed";
    /** The mapping's output breaks the canonical schema. */
    public static final String SCHEMA = "validate.schema";
    /** The hub is stopping: the call was not made. */
    public static final String STOPPING = "hub.stopping";
    /** Ours. */
    public static final String BUG = "hub.bug";

    private Codes() {}
}
