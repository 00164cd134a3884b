package io.stockhub.routes;

import java.util.Map;

/** The door for calls that channels make to us. */
public interface Webhooks {

    /**
     * Checks, stores and acknowledges one call; nothing else happens before the answer.
     *
     * @param channel the account in the path of the call
     * @param headers names in lower case; only those that the connector's manifest asks for are kept
     * @param body raw bytes, as signed by the channel
     * @return what to answer; {@link Reception.Stored} only after the commit
     */
    Reception receive(String channel, Map<String, String> headers, byte[] body);

    /** What became of a call. */
    sealed interface Reception {
        /** Stored; {@code duplicate} when the same message was stored before. Answer 200. */
        record Stored(boolean duplicate) implements Reception {}

        /** Signature missing or wrong: nothing was stored. Answer 401 without saying more. */
        record Refused(String reason) implements Reception {}

        /** The message cannot be read (not JSON, no body): nothing was stored. Answer 400. */
        record Unreadable(String reason) implements Reception {}

        /** No such channel, or one that has no webhooks. Answer 404. */
        record UnknownChannel(String channel) implements Reception {}
    }
}
