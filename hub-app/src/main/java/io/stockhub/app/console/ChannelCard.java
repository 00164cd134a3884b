package io.stockhub.app.console;

import io.stockhub.routes.ChannelDesk.Health;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * One channel in words that need no glossary.
 *
 * @param tone {@code good}, {@code busy} or {@code bad}; never the only sign of it
 */
record ChannelCard(
        String channel,
        String href,
        String title,
        String tone,
        String state,
        @Nullable String explanation,
        String orders,
        String delay,
        @Nullable String attention) {

    static ChannelCard of(Health health) {
        boolean paused = health.state().equals("paused");
        boolean delayed = health.state().equals("delayed");
        return new ChannelCard(
                health.channel(),
                Said.channel(health.channel()),
                health.title(),
                paused || delayed ? "bad" : health.backlog() > 0 ? "busy" : "good",
                state(health, paused, delayed),
                paused || delayed ? health.lastError() : null,
                orders(health),
                delay(health),
                attention(health));
    }

    private static String state(Health health, boolean paused, boolean delayed) {
        if (paused) {
            return "Stopped: the channel refuses our settings, somebody must act";
        }
        String waiting = health.backlog() > 0 ? " (" + onTheirWay(health.backlog()) + ")" : "";
        if (delayed && !health.breaker().equals("closed")) {
            return "Waiting: the channel does not answer" + waiting;
        }
        if (delayed) {
            return "Late: the channel refuses updates for now, they are tried again" + waiting;
        }
        if (health.backlog() > 0) {
            return onTheirWay(health.backlog());
        }
        return health.listings() == 0 ? "Nothing listed yet" : "Up to date";
    }

    private static String onTheirWay(long backlog) {
        return backlog == 1 ? "1 number on its way" : backlog + " numbers on their way";
    }

    private static String orders(Health health) {
        return health.ordersReadUntil() == null
                ? "Orders arrive by themselves; last one: " + Words.time(health.lastOrderAt())
                : "Orders read until " + Words.time(health.ordersReadUntil());
    }

    private static String delay(Health health) {
        if (health.delayP50() == null || health.delayP99() == null) {
            return "No update was sent yet";
        }
        return "A change arrives after " + Words.seconds(health.delayP50()) + ", at worst "
                + Words.seconds(health.delayP99());
    }

    private static @Nullable String attention(Health health) {
        StringJoiner text = new StringJoiner(", ");
        if (health.openDeadLetters() > 0) {
            text.add(Words.count(health.openDeadLetters(), "failed message", "failed messages"));
        }
        if (health.backorders() > 0) {
            text.add(Words.count(health.backorders(), "order without stock", "orders without stock"));
        }
        return text.length() == 0 ? null : text.toString();
    }
}
