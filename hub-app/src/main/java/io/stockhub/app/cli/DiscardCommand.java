package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decides that messages shall have no effect. */
@Command(
        name = "discard",
        mixinStandardHelpOptions = true,
        description = {
            "Decide that dead letters shall have no effect: some by ID, or all of a cause, of a channel or about a SKU.",
            "Fails when one stays as it is."
        })
final class DiscardCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Ids of dead letters")
    private List<String> ids = List.of();

    @Option(names = "--cause", paramLabel = "C", description = "All of this cause")
    private @Nullable String cause;

    @Option(names = "--channel", paramLabel = "C", description = "All of this channel")
    private @Nullable String channel;

    @Option(names = "--sku", paramLabel = "SKU", description = "All about this SKU")
    private @Nullable String sku;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for the record")
    private String reason;

    @Override
    public Integer call() {
        boolean filtered = cause != null || channel != null || sku != null;
        if (ids.isEmpty() != filtered) {
            throw new ParameterException(
                    spec.commandLine(), "Which dead letters? Either IDs, or --cause, --channel or --sku.");
        }
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        if (filtered) {
            ObjectNode filter = request.putObject("filter");
            ReplayCommand.put(filter, "cause", cause);
            ReplayCommand.put(filter, "channel", channel);
            ReplayCommand.put(filter, "sku", sku);
        } else {
            ArrayNode list = request.putArray("ids");
            ids.forEach(list::add);
        }
        request.put("reason", reason);
        Session session = Session.of(spec);
        HubClient.Reply done = session.hub().post("/api/v1/dead-letters/discard", request);
        session.print(done, answer -> print(session, answer));
        return done.json().path("refused").isEmpty() ? 0 : 1;
    }

    private static void print(Session session, JsonNode answer) {
        session.line(answer.path("discarded").asText() + " discarded.");
        if (!answer.path("refused").isEmpty()) {
            Table table = new Table("ID", "STAYS, FOR");
            answer.path("refused").forEach(one -> table.row(one.path("id"), one.path("message")));
            table.print(session.out());
        }
    }
}
