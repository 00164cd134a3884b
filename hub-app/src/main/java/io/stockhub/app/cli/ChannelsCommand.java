package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How the channels are, and pushing one again. */
@Command(name = "channels", mixinStandardHelpOptions = true, description = "Health, backlog and delay of each channel.")
final class ChannelsCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

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

    @Command(
            name = "reconcile",
            mixinStandardHelpOptions = true,
            description = {
                "Read back all that a channel shows, as fast as its share of calls allows, and print what differs and why.",
                "What nothing explains is put right by the policy of its cause; the reading goes on when you stop waiting."
            })
    int reconcile(
            @Parameters(paramLabel = "CHANNEL", description = "Id of the channel") String channel,
            @Option(names = "--no-wait", description = "Only have it begun") boolean noWait)
            throws InterruptedException {
        Session session = Session.of(spec);
        String path = "/api/v1/channels/" + HubClient.encode(channel) + "/reconcile";
        HubClient.Reply marked = session.hub().post(path, null);
        if (noWait) {
            session.print(
                    marked,
                    answer -> session.line(answer.path("listings").asText() + " listings of " + channel
                            + " will be read back. See: ./stockhub drift --channel " + channel));
            return 0;
        }
        String since = await(session, path);
        session.print(
                session.hub()
                        .get("/api/v1/drifts?limit=1000&since=" + HubClient.encode(since) + "&channel="
                                + HubClient.encode(channel)),
                page -> DriftCommand.print(session, page.path("drifts")));
        return 0;
    }

    /** Progress goes to standard error. Since when drift counts, when all was read. */
    private static String await(Session session, String path) throws InterruptedException {
        long told = -1;
        while (true) {
            JsonNode reading = session.hub().get(path).json();
            long left = reading.path("toRead").asLong();
            if (left != told) {
                session.err()
                        .println(reading.path("listings").asLong() - left + " of "
                                + reading.path("listings").asText() + " read, "
                                + reading.path("found").asText() + " differ");
                session.err().flush();
                told = left;
            }
            if (left == 0) {
                return reading.path("since").asText();
            }
            Thread.sleep(PAUSE);
        }
    }

    @Command(
            name = "self-test",
            mixinStandardHelpOptions = true,
            description = {
                "Lower one number of a channel by one, read it back, restore it, read it back.",
                "Takes some minutes at a channel that is read back late. How it went: --list"
            })
    int selfTest(
            @Parameters(paramLabel = "CHANNEL", description = "Id of the channel") String channel,
            @Option(
                            names = "--sku",
                            paramLabel = "SKU",
                            description = "Whose number. Default: that of the settings, or the one that sells slowest")
                    @Nullable
                    String sku,
            @Option(names = "--list", description = "Only say how the last ones went") boolean list) {
        Session session = Session.of(spec);
        String path = "/api/v1/channels/" + HubClient.encode(channel) + "/self-tests";
        if (list) {
            session.print(session.hub().get(path), page -> SelfTestTable.print(session, page.path("selfTests")));
            return 0;
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (sku != null) {
            body.put("sku", sku);
        }
        session.print(
                session.hub().post(path, body),
                test -> session.line("Tells " + channel + " "
                        + test.path("told").asText() + " instead of "
                        + test.path("before").asText() + " of "
                        + test.path("sku").asText()
                        + ", then puts it back. How it went: ./stockhub channels self-test " + channel + " --list"));
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
                "DRIFT",
                "PROVEN UNTIL",
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
                        channel.path("openDrifts"),
                        proven(channel),
                        channel.path("ordersReadUntil"),
                        channel.path("lastError")));
        table.print(session.out());
    }

    private static String proven(JsonNode channel) {
        return channel.path("provenUntil").isTextual()
                ? channel.path("provenUntil").asText()
                : channel.path("neverProven").asLong() + " never";
    }

    private static String millis(JsonNode value) {
        return value.isNumber() ? "%.1f s".formatted(value.asLong() / 1000.0) : "-";
    }
}
