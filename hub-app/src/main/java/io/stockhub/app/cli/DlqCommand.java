package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Messages that the hub stopped trying. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        description = "Dead letters, grouped by cause.",
        subcommands = {ReplayCommand.class, ReplaysCommand.class, FixCommand.class, DiscardCommand.class})
final class DlqCommand implements Callable<Integer> {
    private static final int IDS_SHOWN = 5;

    @Spec
    private CommandSpec spec;

    @Option(names = "--channel", paramLabel = "C", description = "Only those of this channel")
    private @Nullable String channel;

    @Option(names = "--cause", paramLabel = "C", description = "Only those of this cause")
    private @Nullable String cause;

    @Option(names = "--sku", paramLabel = "SKU", description = "Only those about this SKU")
    private @Nullable String sku;

    @Override
    public Integer call() {
        Session session = Session.of(spec);
        String filter = filter();
        HubClient.Reply groups = session.hub().get("/api/v1/dead-letters?groupBy=cause" + filter);
        session.print(groups, json -> print(session, json, filter));
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "One dead letter with its payload and history.")
    int show(@Parameters(paramLabel = "ID", description = "Id of the dead letter") String id) {
        Session session = Session.of(spec);
        session.print(
                session.hub().get("/api/v1/dead-letters/" + HubClient.encode(id)), letter -> show(session, letter));
        return 0;
    }

    private String filter() {
        StringBuilder filter = new StringBuilder();
        add(filter, "channel", channel);
        add(filter, "cause", cause);
        add(filter, "sku", sku);
        return filter.toString();
    }

    private static void add(StringBuilder filter, String name, @Nullable String value) {
        if (value != null) {
            filter.append('&').append(name).append('=').append(HubClient.encode(value));
        }
    }

    private static void print(Session session, JsonNode groups, String filter) {
        if (groups.path("causes").isEmpty()) {
            session.line("No open dead letters.");
            return;
        }
        Map<String, List<String>> ids = new TreeMap<>();
        session.hub()
                .get("/api/v1/dead-letters?limit=1000" + filter)
                .json()
                .path("deadLetters")
                .forEach(letter -> ids.computeIfAbsent(letter.path("cause").asText(), none -> new ArrayList<>())
                        .add(letter.path("id").asText()));
        Table table =
                new Table("COUNT", "CHANNEL", "CODE", "MESSAGE", "SKUS", "UNITS", "MONEY", "LAST SEEN", "CAUSE", "IDS");
        groups.path("causes")
                .forEach(group -> table.row(
                        group.path("count"),
                        channels(group),
                        group.path("code"),
                        group.path("message"),
                        group.path("skus"),
                        group.path("units"),
                        group.path("money"),
                        group.path("lastSeen"),
                        group.path("cause"),
                        shown(ids.getOrDefault(group.path("cause").asText(), List.of()))));
        table.print(session.out());
        session.line("");
        session.line(
                "Look at one: ./stockhub dlq show ID     Send again: ./stockhub dlq replay --cause CAUSE --dry-run");
        session.line(
                "Give an unknown name to a SKU and send all of the cause again: ./stockhub dlq fix CAUSE --alias SKU");
    }

    private static String channels(JsonNode group) {
        List<String> channels = new ArrayList<>();
        group.path("channels").forEach(channel -> channels.add(channel.asText()));
        return channels.isEmpty() ? group.path("channel").asText() : String.join(", ", channels);
    }

    private static String shown(List<String> ids) {
        String first = String.join(" ", ids.subList(0, Math.min(IDS_SHOWN, ids.size())));
        return ids.size() > IDS_SHOWN ? first + " …" : first;
    }

    private static void show(Session session, JsonNode letter) {
        for (String field : List.of(
                "id",
                "state",
                "channel",
                "flow",
                "stage",
                "kind",
                "code",
                "cause",
                "message",
                "sku",
                "orderRef",
                "mapping",
                "mappingVersion",
                "connector",
                "field",
                "units",
                "money",
                "closedBy",
                "closedReason")) {
            if (letter.hasNonNull(field)) {
                session.line("%-14s %s".formatted(field, letter.path(field).asText()));
            }
        }
        session.line("");
        Table history = new Table("ATTEMPT", "AT", "CODE", "MESSAGE");
        letter.path("history")
                .forEach(attempt -> history.row(
                        attempt.path("attempt"), attempt.path("at"), attempt.path("code"), attempt.path("message")));
        history.print(session.out());
        session.line("");
        session.line("Payload (" + letter.path("contentType").asText() + ", "
                + letter.path("payloadEncoding").asText() + "):");
        session.line(letter.path("payload").asText());
    }
}
