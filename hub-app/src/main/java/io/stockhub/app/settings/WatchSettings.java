package io.stockhub.app.settings;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is watched, who is told, and what may be called.
 *
 * @param webhooks to which alerts are sent
 * @param email null: nobody is told by e-mail
 * @param delay how late a channel may hear of a change that has no limit of its own
 * @param delays those that have, by channel
 * @param exposedUnits units that may be oversold in the worst case; null: that is not watched
 * @param moneyAtStake what the units in dead letters may have cost us
 * @param selfTests by channel
 * @param allow ranges of private addresses that may be called
 * @param key of which the secrets of subscriptions are made; null: the hub makes one and keeps it in its data folder
 */
public record WatchSettings(
        List<Hook> webhooks,
        @Nullable Email email,
        Duration delay,
        Map<String, Duration> delays,
        @Nullable Long exposedUnits,
        BigDecimal moneyAtStake,
        Map<String, SelfTest> selfTests,
        List<String> allow,
        @Nullable SecretValue key) {
    public static final Duration DELAY_DEFAULT = Duration.ofMinutes(5);
    public static final BigDecimal MONEY_DEFAULT = BigDecimal.valueOf(1_000);

    public WatchSettings {
        webhooks = List.copyOf(webhooks);
        delays = Map.copyOf(delays);
        selfTests = Map.copyOf(selfTests);
        allow = List.copyOf(allow);
    }

    /** A webhook. @param secret {@code whsec_...} */
    public record Hook(String id, URI url, SecretValue secret) {}

    /** How mail is encrypted on its way to the server. */
    public enum Security {
        /** The connection is switched to TLS before anything is said, or nothing is sent. */
        STARTTLS,
        /** TLS from the beginning. */
        TLS,
        /** Not at all. */
        NONE
    }

    /** An SMTP server and who gets mail. @param user null: the server asks for no login */
    public record Email(
            String host,
            int port,
            Security security,
            @Nullable String user,
            @Nullable SecretValue password,
            String from,
            List<String> to) {}

    /** Which SKU is used to test a channel, and how often. */
    public record SelfTest(String sku, Duration every) {}
}
