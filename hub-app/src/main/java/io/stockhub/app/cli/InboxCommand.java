package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhub.routes.Inbox;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What became of the messages that came in. */
@Command(
        name = "inbox",
        mixinStandardHelpOptions = true,
        description = "Messages that came in: how many, what became of them, and which are not done yet.",
        footer = {
            "%nStates: received, waiting (an earlier message about the same goes first), running, retrying (when),",
            "  blocked (by an earlier message that is to be tried again), done, dead, discarded."
        })
final class InboxCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--source", paramLabel = "S", description = "Only those of this channel or EDI partner")
    private @Nullable String source;

    @Option(names = "--state", paramLabel = "S", description = "Those in this state instead of all that are open")
    private Inbox.@Nullable State state;

    @Option(names = "--after", paramLabel = "ID", description = "Go on after this message")
    private @Nullable String after;

    @Override
    public Integer call() {
        Session session = Session.of(spec);
        JsonNode totals = session.hub().get("/api/v1/inbox").json();
        JsonNode page = session.hub().get("/api/v1/inbox/messages" + query()).json();
        if (session.json()) {
            ObjectNode both = JsonNodeFactory.instance.objectNode();
            both.set("totals", totals);
            both.setAll((ObjectNode) page);
            session.out().println(both);
        } else {
            print(session, totals, page);
        }
        session.out().flush();
        return 0;
    }

    private String query() {
        StringBuilder query = new StringBuilder("?limit=100");
        if (source != null) {
            query.append("&source=").append(HubClient.encode(source));
        }
        if (state != null) {
            query.append("&state=").append(state.code());
        }
        if (after != null) {
            query.append("&after=").append(HubClient.encode(after));
        }
        return query.toString();
    }

    private void print(Session session, JsonNode totals, JsonNode page) {
        session.line("%d messages came in: %d done, %d not done yet, %d given up (dead), %d discarded."
                .formatted(
                        totals.path("received").asLong(),
                        totals.path("done").asLong(),
                        totals.path("open").asLong(),
                        totals.path("dead").asLong(),
                        totals.path("discarded").asLong()));
        if (totals.path("oldestOpenSince").isTextual()) {
            session.line("The oldest that is not done came at "
                    + totals.path("oldestOpenSince").asText() + ".");
        }
        if (totals.path("dead").asLong() > 0) {
            session.line("What was given up, and why: ./stockhub dlq");
        }
        if (totals.path("unaccounted").asLong() > 0) {
            session.line(totals.path("unaccounted").asText()
                    + " contradictions between messages and dead letters. This is a fault of the hub: keep a copy of the"
                    + " database as it is and report it.");
        }
        session.line("");
        if (page.path("messages").isEmpty()) {
            session.line(state == null ? "Nothing is open." : "Nothing is " + state.code() + ".");
            return;
        }
        Table table = new Table("ID", "CHANNEL", "ABOUT", "STATE", "SINCE", "NEXT", "LAST FAILURE", "MESSAGE");
        page.path("messages")
                .forEach(message -> table.row(
                        message.path("id"),
                        message.path("source"),
                        about(message),
                        message.path("state"),
                        message.path("receivedAt"),
                        next(message),
                        message.at("/lastFailure/message"),
                        message.path("messageId")));
        table.print(session.out());
        if (page.path("next").isTextual()) {
            session.line("");
            session.line("More: --after " + page.path("next").asText());
        }
    }

    private static String about(JsonNode message) {
        String what = message.path("flow").asText().equals("orders-in") ? "order " : "document ";
        return what + message.path("lane").asText();
    }

    private static String next(JsonNode message) {
        return switch (message.path("state").asText()) {
            case "received" -> "at once";
            case "waiting" -> "when it is its turn";
            case "running" -> "being handled";
            case "retrying" -> "again at " + message.path("nextAttemptAt").asText();
            case "blocked" -> "after " + message.path("blockedBy").asText();
            case "dead" -> "dlq show " + message.path("deadLetterId").asText();
            default -> "-";
        };
    }
}
