package io.stockhub.app.console;

import io.stockhub.routes.ChannelDesk.Health;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a channel is, with every number that there is.
 *
 * @param card state and tone, as on the first page
 * @param todo what a person does now; null when nothing
 */
record ChannelStatus(
        ChannelCard card,
        String href,
        String connector,
        String state,
        String listings,
        String backlog,
        @Nullable String oldest,
        String delayP50,
        String delayP99,
        String breaker,
        String pace,
        String ordersReadUntil,
        String lastOrder,
        String provenUntil,
        String deadLetters,
        String drifts,
        String backorders,
        @Nullable String lastError,
        boolean paused,
        @Nullable String todo) {

    static ChannelStatus of(Health health) {
        boolean paused = health.state().equals("paused");
        return new ChannelStatus(
                ChannelCard.of(health),
                Said.channel(health.channel()),
                health.connector(),
                health.state(),
                Words.number(health.listings()),
                Words.number(health.backlog()),
                health.oldestDirtySince() == null ? null : Words.time(health.oldestDirtySince()),
                delay(health.delayP50()),
                delay(health.delayP99()),
                breaker(health.breaker()),
                String.format(Locale.ROOT, "%.4f", health.requestsPerSecond()).replaceFirst("\\.?0+$", "")
                        + " calls a second",
                health.ordersReadUntil() == null
                        ? "by themselves; nothing has to be read"
                        : Words.time(health.ordersReadUntil()),
                Words.time(health.lastOrderAt()),
                health.provenUntil() == null
                        ? "some numbers were not read back yet"
                        : Words.time(health.provenUntil()) + ": everything was right then, or its drift dealt with",
                Words.number(health.openDeadLetters()),
                Words.number(health.openDrifts()),
                Words.number(health.backorders()),
                health.lastError(),
                paused,
                todo(health, paused));
    }

    private static String delay(@Nullable Duration delay) {
        return delay == null ? "no update yet" : Words.seconds(delay);
    }

    private static String breaker(String breaker) {
        return switch (breaker) {
            case "closed" -> "closed: calls go through";
            case "open" -> "open: no calls for a while";
            case "half-open" -> "half open: one call tries";
            default -> breaker;
        };
    }

    private static @Nullable String todo(Health health, boolean paused) {
        if (paused) {
            return "Correct the login or the rights at the channel, or the secret in stockhub.yaml and start the hub"
                    + " again. It tries once a minute by itself; “Send all numbers again” tries at once. The pause ends"
                    + " with the first number that the channel accepts.";
        }
        if (health.state().equals("delayed")) {
            return "Nothing at first: the hub tries again by itself. If it lasts, read the last failure.";
        }
        return null;
    }
}
