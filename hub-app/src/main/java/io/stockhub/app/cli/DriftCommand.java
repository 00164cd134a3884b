package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where channels showed what they should not, and what people decide about it. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        description = "Where channels showed what they should not, newest first, with its cause.")
final class DriftCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--channel", paramLabel = "CHANNEL", description = "Only this channel")
    private @Nullable String channel;

    @Option(names = "--sku", paramLabel = "SKU", description = "Only this SKU")
    private @Nullable String sku;

    @Option(names = "--open", description = "Only what nothing explains yet, or a person has to decide")
    private boolean open;

    @Override
    public Integer call() {
        Session session = Session.of(spec);
        list(session, channel, sku, open);
        return 0;
    }

    static void list(Session session, @Nullable String channel, @Nullable String sku, boolean open) {
        String query = (channel == null ? "" : "&channel=" + HubClient.encode(channel))
                + (sku == null ? "" : "&sku=" + HubClient.encode(sku))
                + (open ? "&state=open" : "");
        session.print(
                session.hub().get("/api/v1/drifts?limit=100" + query), page -> print(session, page.path("drifts")));
    }

    @Command(
            name = "decide",
            mixinStandardHelpOptions = true,
            description = {
                "Decide about a listing that is held, or lift what was adopted.",
                "overwrite: our number is sent. adopt: the channel is told no more than it shows, until that is lifted."
            })
    int decide(
            @Parameters(paramLabel = "ID", description = "Id of the drift") String id,
            @Parameters(paramLabel = "DECISION", description = "overwrite or adopt") String decision,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for the record")
                    String reason) {
        Session session = Session.of(spec);
        session.print(
                session.hub()
                        .post(
                                "/api/v1/drifts/" + HubClient.encode(id) + "/decide",
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("decision", decision)
                                        .put("reason", reason)),
                drift -> session.line(drift.path("sku").asText() + " at "
                        + drift.path("channel").asText() + ": " + then(drift) + "."));
        return 0;
    }

    static void print(Session session, JsonNode drifts) {
        if (drifts.isEmpty()) {
            session.line("No drift: what was read back shows what it should.");
            return;
        }
        Table table = new Table("ID", "CHANNEL", "SKU", "SHOULD SHOW", "SHOWED", "CAUSE", "FOUND", "BY", "THEN");
        boolean held = false;
        for (JsonNode drift : drifts) {
            held |= held(drift);
            table.row(
                    drift.path("id"),
                    drift.path("channel"),
                    drift.path("sku"),
                    drift.path("expected"),
                    drift.path("shown"),
                    drift.path("cause"),
                    drift.path("foundAt"),
                    drift.path("foundBy"),
                    then(drift));
        }
        table.print(session.out());
        if (held) {
            session.line("");
            session.line("What waits for you: ./stockhub drift decide ID overwrite|adopt --reason TEXT");
        }
    }

    private static boolean held(JsonNode drift) {
        return drift.path("policy").asText().equals("hold")
                && drift.path("closedAt").isNull();
    }

    private static String then(JsonNode drift) {
        if (drift.path("decided").isObject()) {
            return drift.at("/decided/by").asText() + " decided to "
                    + drift.at("/decided/decision").asText();
        }
        if (held(drift)) {
            return "held: waits for a decision";
        }
        if (drift.path("overwritten").asBoolean()) {
            return "our number was sent again";
        }
        if (drift.path("policy").asText().equals("adopt")) {
            return "adopted: it is told no more";
        }
        if (drift.path("closedAt").isNull()) {
            return drift.path("cause").asText().equals("rejected-feed")
                    ? "is in the dead letters"
                    : "waits for an order that explains it";
        }
        return switch (drift.path("cause").asText()) {
            case "edited", "lost-update", "unknown" -> "its units were divided anew";
            default -> "explained";
        };
    }
}
