package io.stockhub.connectors;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a connector says about its system: {@code connector.yaml}, read and checked. The shape is published as
 * {@code connectors/connector.schema.json}; absent lists are empty, absent numbers have the defaults stated there.
 *
 * @param id the folder's name and the prefix of its Kamelets and error codes
 * @param kind sales-channel, marketplace, erp, wms, oms or carrier
 * @param actions what can be called, by name; each has a Kamelet {@code <id>-<action>-action}
 * @param settings what an account has to say, in the order of the manifest
 * @param headers sent with every call, the token call included
 * @param orders how orders come in; {@link Orders#NONE} when none do
 * @param webhook how messages pushed to us are verified; null when there are none
 * @param quantities what the system's numbers mean; null when it has none
 * @param errors exceptions to the default classification, first match wins
 * @param errorMessages JSON pointers to the system's own words in an error answer, first hit wins
 */
public record Manifest(
        String id,
        String title,
        String kind,
        VendorApi vendorApi,
        Map<String, Action> actions,
        List<Setting> settings,
        Authentication authentication,
        Headers headers,
        Limits limits,
        Orders orders,
        @Nullable Webhook webhook,
        @Nullable Quantities quantities,
        List<ErrorRule> errors,
        List<String> errorMessages) {

    public static final String ORDERS_PAGE = "orders-page";
    public static final String SET_QUANTITIES = "set-quantities";
    public static final String READ_QUANTITIES = "read-quantities";

    /** The action, if the connector has it. */
    public Optional<Action> action(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    /** Names of the settings that an account keeps under {@code secrets}. */
    public List<String> secretNames() {
        return settings.stream().filter(Setting::secret).map(Setting::name).toList();
    }

    /** The rates of the actions that have one of their own. */
    public Map<String, Rate> actionRates() {
        return actions.entrySet().stream()
                .filter(entry -> entry.getValue().rate() != null)
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().rate()));
    }

    /**
     * The API that the connector speaks.
     *
     * @param version pinned; the upgrade note lives in the connector's README
     * @param endOfLife when the vendor switches it off, an ISO date; null when it says nothing
     */
    public record VendorApi(String name, String version, String docs, @Nullable String endOfLife) {}

    /**
     * One call.
     *
     * @param kind whether it changes anything
     * @param repeatable whether sending it again is harmless: always for a read; for a write, when it sets absolute
     *     values
     * @param rate its own rate limit; null when the connector's holds
     */
    public record Action(Effect kind, boolean repeatable, @Nullable Rate rate) {

        /** Whether an action changes anything at the system. */
        public enum Effect {
            READ,
            WRITE
        }
    }

    /**
     * One setting of an account; its value is text.
     *
     * @param secret kept under {@code secrets}, never shown
     * @param pattern a regular expression that the whole value matches; null = any
     * @param allowed the only values; empty = any
     */
    public record Setting(
            String name,
            String description,
            boolean required,
            boolean secret,
            @Nullable String pattern,
            List<String> allowed,
            @Nullable String example) {}

    /**
     * How calls prove who they are. {@code clientId}, {@code clientSecret}, {@code refreshToken} and {@code secret} are
     * names of settings, never values.
     *
     * @param credentials how the token call carries client id and secret
     * @param secret for a static header: the setting that goes into it
     * @param scope sent with the token call; null = none
     * @param header the header that carries the token
     * @param prefix before the token, e.g. {@code "Bearer "}
     * @param renewBefore how long before its end a token is renewed
     */
    public record Authentication(
            Kind kind,
            @Nullable Credentials credentials,
            @Nullable String clientId,
            @Nullable String clientSecret,
            @Nullable String refreshToken,
            @Nullable String secret,
            @Nullable String scope,
            String header,
            String prefix,
            Duration renewBefore) {

        /** The kinds of authentication that the kit knows. */
        public enum Kind {
            STATIC_HEADER,
            OAUTH2_REFRESH_TOKEN,
            OAUTH2_CLIENT_CREDENTIALS;

            /** As it is spelled in the manifest. */
            public String spelling() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }

        /** Where client id and secret go in a token call. */
        public enum Credentials {
            FORM,
            BASIC
        }

        /** Whether tokens are fetched, so that an account needs a {@code tokenUrl}. */
        public boolean fetchesTokens() {
            return kind != Kind.STATIC_HEADER;
        }
    }

    /**
     * Headers that every call carries.
     *
     * @param constant name to value
     * @param generated name to generator; {@code uuid} makes a new one for each call
     */
    public record Headers(Map<String, String> constant, Map<String, String> generated) {

        public static final Headers NONE = new Headers(Map.of(), Map.of());
    }

    /**
     * How much the system takes.
     *
     * @param maxInFlight calls of one account at the same time
     * @param batchSize items of one write
     * @param readBatchSize items of one read
     * @param ordersPerPage orders of one page
     * @param retryAfterHeaders the system's own ways to say when to come back, besides {@code Retry-After}
     * @param learn where answers say how much the system takes; empty when they do not
     */
    public record Limits(
            double requestsPerSecond,
            int burst,
            int maxInFlight,
            int timeoutSeconds,
            int batchSize,
            int readBatchSize,
            int ordersPerPage,
            List<RetryAfterHeader> retryAfterHeaders,
            List<LimitHint> learn) {}

    /** A header that says when to come back: {@code seconds}, {@code epoch-ms} or {@code iso}. */
    public record RetryAfterHeader(String header, Format format) {

        /** How the header's value is spelled. */
        public enum Format {
            SECONDS,
            EPOCH_MS,
            ISO
        }
    }

    /**
     * How orders come in.
     *
     * @param lookBack how far before the watermark each reading starts
     * @param safetyLag how far before now each reading ends
     */
    public record Orders(Source source, Duration pollInterval, Duration lookBack, Duration safetyLag) {

        public static final Orders NONE =
                new Orders(Source.NONE, Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ZERO);

        /** Who starts. */
        public enum Source {
            /** The system calls us. */
            WEBHOOK,
            /** We read, with the action {@code orders-page}. */
            POLL,
            /** The system calls us, which is fast, and we read, which loses nothing. */
            WEBHOOK_AND_POLL,
            NONE
        }

        /** Whether the system calls us with its orders. */
        public boolean pushed() {
            return source == Source.WEBHOOK || source == Source.WEBHOOK_AND_POLL;
        }

        /** Whether we read its orders, so that it is known up to when all of them are here. */
        public boolean polled() {
            return source == Source.POLL || source == Source.WEBHOOK_AND_POLL;
        }
    }

    /**
     * How messages pushed to us are verified and named.
     *
     * @param idHeader the delivery's id, lower case; null when there is none
     * @param topicHeader the topic, lower case; null when there is none
     * @param keyPointer JSON pointer to what a message is about; messages about one thing keep their order; null = none
     * @param topics topic to the mapping that reads it
     */
    public record Webhook(
            Signature signature,
            @Nullable String idHeader,
            @Nullable String topicHeader,
            @Nullable String keyPointer,
            Map<String, String> topics) {

        /**
         * A keyed hash over the raw body.
         *
         * @param algorithm as Java names it, e.g. {@code HmacSHA256}
         * @param header lower case
         * @param secret name of the setting that holds the key
         */
        public record Signature(String algorithm, String header, Encoding encoding, String secret) {

            /** How the hash is spelled. */
            public enum Encoding {
                BASE64,
                HEX
            }
        }
    }

    /**
     * What the system's numbers mean, so that the core converts and a wrong combination does not start.
     *
     * @param means available or on-hand
     * @param subtractsOwnOrders it lowers the number itself when it sells
     * @param appliedWithin how long after it was taken a number may not be what customers see; zero when it is at once.
     *     Until then the channel may be selling on the number before
     * @param compareAndSet it refuses when the number is not the one that we expected
     * @param perLocation one number per location, not one in all
     * @param restoredOnCancel it raises the number itself when an order is cancelled
     */
    public record Quantities(
            String means,
            boolean subtractsOwnOrders,
            Duration appliedWithin,
            boolean compareAndSet,
            boolean perLocation,
            boolean restoredOnCancel) {}

    /**
     * An exception to the default classification.
     *
     * @param kind what it means here
     * @param code null = the kind's default
     */
    public record ErrorRule(When when, Meaning kind, @Nullable String code) {

        /**
         * All that is given has to hold.
         *
         * @param status empty = any
         * @param action null = any
         * @param bodyContains text in the body, case ignored
         * @param pointer JSON pointer that must exist in the body
         * @param value what is at the pointer, as text; null = anything but null
         */
        public record When(
                List<Integer> status,
                @Nullable String action,
                @Nullable String bodyContains,
                @Nullable String pointer,
                @Nullable String value) {}

        /** What an answer means. */
        public enum Meaning {
            TRANSIENT,
            THROTTLED,
            UNKNOWN_OUTCOME,
            PERMANENT,
            SETTINGS,
            POISON,
            /** The token has expired: renew it and call once more. */
            EXPIRED_TOKEN,
            /** No failure: the action's answer mapping reads it. */
            ANSWER
        }
    }
}
