package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is wrong, and whether people hear of it. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description = "What is wrong now, since when, what to do, and whether those who are to be told have been.")
final class AlertsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--all", description = "Also what is over")
    private boolean all;

    @Override
    public Integer call() {
        Session session = Session.of(spec);
        JsonNode page = session.hub()
                .get("/api/v1/alerts?limit=100" + (all ? "" : "&state=open"))
                .json();
        JsonNode receivers = session.hub().get("/api/v1/alerts/receivers").json();
        if (session.json()) {
            ObjectNode both = JsonNodeFactory.instance.objectNode();
            both.setAll((ObjectNode) page);
            both.setAll((ObjectNode) receivers);
            session.out().println(both);
        } else {
            print(session, page.path("alerts"));
            printReceivers(session, receivers.path("receivers"));
        }
        session.out().flush();
        return 0;
    }

    @Command(name = "acknowledge", mixinStandardHelpOptions = true, description = "Note that you look after an alert.")
    int acknowledge(@Parameters(paramLabel = "ID", description = "Number of the alert") String id) {
        Session session = Session.of(spec);
        session.print(
                session.hub().post("/api/v1/alerts/" + HubClient.encode(id) + "/acknowledge", null),
                alert -> session.line(
                        alert.path("acknowledgedBy").asText() + " looks after alert " + id + ". It ends by itself."));
        return 0;
    }

    @Command(name = "test", mixinStandardHelpOptions = true, description = "Send a test message to all receivers.")
    int test() {
        Session session = Session.of(spec);
        session.print(session.hub().post("/api/v1/alerts/test", null), sent -> {
            if (sent.path("receivers").isEmpty()) {
                session.line("Nobody is to be told. Add receivers under alerts in stockhub.yaml: docs/alerts.md");
            } else {
                session.line("Test " + sent.path("messageId").asText() + " is on its way to "
                        + sent.path("receivers").size() + " receivers. Whether it arrived: ./stockhub alerts");
            }
        });
        return 0;
    }

    private static void print(Session session, JsonNode alerts) {
        if (alerts.isEmpty()) {
            session.line("Nothing is wrong.");
        }
        for (JsonNode alert : alerts) {
            session.line("%s %s %s: %s"
                    .formatted(
                            alert.path("id").asText(),
                            alert.path("closedAt").isNull()
                                    ? alert.path("severity").asText()
                                    : "over",
                            alert.path("kind").asText(),
                            alert.path("title").asText()));
            session.line("  since " + alert.path("since").asText()
                    + (alert.path("closedAt").isNull()
                            ? ""
                            : ", over since " + alert.path("closedAt").asText())
                    + (alert.path("acknowledgedBy").isNull()
                            ? ""
                            : ", looked after by "
                                    + alert.path("acknowledgedBy").asText()));
            session.line("  " + alert.path("meaning").asText());
            session.line("  " + alert.path("action").asText() + " ("
                    + alert.path("docs").asText() + ")");
        }
    }

    private static void printReceivers(Session session, JsonNode receivers) {
        if (receivers.isEmpty()) {
            session.line("Nobody is told but the log: no receivers under alerts in stockhub.yaml.");
            return;
        }
        Table table = new Table("TOLD TO", "WAITING", "LAST ARRIVED", "LAST ERROR");
        receivers.forEach(receiver -> table.row(
                receiver.path("id"),
                receiver.path("waiting"),
                receiver.path("lastArrivedAt"),
                receiver.path("lastError")));
        table.print(session.out());
    }
}
