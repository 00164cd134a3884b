package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How the channels are, and pushing one again. */
@Command(
        name = "channels",
        mixinStandardHelpOptions = true,
        description = "Health, backlog and delay of each channel.",
        footer = {"%nNot available yet: channels reconcile"})
final class ChannelsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Session session = Session.of(spec);
        session.print(session.hub().get("/api/v1/channels"), channels -> print(session, channels));
        return 0;
    }

    @Command(name = "sync", mixinStandardHelpOptions = true, description = "Send every number of a channel again.")
    int sync(@Parameters(paramLabel = "CHANNEL", description = "Id of the channel") String channel) {
        Session session = Session.of(spec);
        session.print(
                session.hub().post("/api/v1/channels/" + HubClient.encode(channel) + "/sync", null),
                synced -> session.line(synced.path("listings").asText() + " numbers will be sent to " + channel
                        + ". See: ./stockhub channels"));
        return 0;
    }

    private static void print(Session session, JsonNode channels) {
        if (channels.path("channels").isEmpty()) {
            session.line("No channels. Add them to stockhub.yaml.");
            return;
        }
        Table table = new Table(
                "CHANNEL",
                "HEALTH",
                "BREAKER",
                "LISTINGS",
                "BACKLOG",
                "DELAY P50",
                "P99",
                "DEAD LETTERS",
                "ORDERS UNTIL",
                "LAST ERROR");
        channels.path("channels")
                .forEach(channel -> table.row(
                        channel.path("channel"),
                        channel.path("health"),
                        channel.path("breaker"),
                        channel.path("listings"),
                        channel.path("backlog"),
                        millis(channel.at("/delay/p50Millis")),
                        millis(channel.at("/delay/p99Millis")),
                        channel.path("openDeadLetters"),
                        channel.path("ordersReadUntil"),
                        channel.path("lastError")));
        table.print(session.out());
    }

    private static String millis(JsonNode value) {
        return value.isNumber() ? "%.1f s".formatted(value.asLong() / 1000.0) : "-";
    }
}
