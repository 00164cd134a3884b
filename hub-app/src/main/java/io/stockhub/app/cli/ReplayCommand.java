package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends dead letters again and waits until all are through. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Send dead letters again: some by ID, or all of a cause, of a channel, or all there are.",
            "Each takes effect once, however often it is replayed. Fails when one fails again."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final Set<String> OVER = Set.of("done", "cancelled");
    private static final Duration PAUSE = Duration.ofMillis(300);

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

    @Option(names = "--all", description = "All that are open")
    private boolean all;

    @Option(names = "--dry-run", description = "Say what would happen and change nothing")
    private boolean dryRun;

    @Option(names = "--edit", paramLabel = "FILE", description = "Send this payload instead, with exactly one ID")
    private @Nullable Path edit;

    @Option(names = "--rate", paramLabel = "N", description = "At most N messages a second")
    private @Nullable BigDecimal rate;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record")
    private @Nullable String reason;

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode request = request();
        Session session = Session.of(spec);
        JsonNode started =
                session.hub().post("/api/v1/dead-letters/replay", request).json();
        return follow(session, started.path("replayId").asText());
    }

    /** Waits for the end of a replay and prints what became of each; 1 when one failed or would, or it was cancelled. */
    static int follow(Session session, String replayId) throws InterruptedException {
        HubClient.Reply done = await(session, replayId);
        session.print(done, replay -> print(session, replay));
        Map<String, Long> counts = count(done.json());
        boolean failed = counts.containsKey("failed") || counts.containsKey("conflict");
        return failed || done.json().path("state").asText().equals("cancelled") ? 1 : 0;
    }

    private ObjectNode request() {
        boolean filtered = cause != null || channel != null || sku != null;
        if ((ids.isEmpty() ? 0 : 1) + (filtered ? 1 : 0) + (all ? 1 : 0) != 1) {
            throw new ParameterException(
                    spec.commandLine(), "Which dead letters? Either IDs, or --cause, --channel or --sku, or --all.");
        }
        if (edit != null && ids.size() != 1) {
            throw new ParameterException(spec.commandLine(), "--edit goes with exactly one ID.");
        }
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        if (ids.isEmpty()) {
            ObjectNode filter = request.putObject("filter");
            put(filter, "cause", cause);
            put(filter, "channel", channel);
            put(filter, "sku", sku);
        } else {
            ArrayNode list = request.putArray("ids");
            ids.forEach(list::add);
        }
        request.put("dryRun", dryRun);
        put(request, "reason", reason);
        if (rate != null) {
            request.put("rate", rate);
        }
        if (edit != null) {
            request.put("payload", new String(EdiCommand.read(edit), StandardCharsets.UTF_8));
        }
        return request;
    }

    static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /** Progress goes to standard error, so that standard output stays a document or a table. */
    private static HubClient.Reply await(Session session, String replayId) throws InterruptedException {
        long told = -1;
        while (true) {
            HubClient.Reply reply = session.hub().get("/api/v1/replays/" + HubClient.encode(replayId));
            long finished = reply.json().path("finished").asLong();
            if (finished != told) {
                session.err()
                        .println(finished + " of " + reply.json().path("total").asText());
                session.err().flush();
                told = finished;
            }
            if (OVER.contains(reply.json().path("state").asText())) {
                return reply;
            }
            Thread.sleep(PAUSE);
        }
    }

    private static void print(Session session, JsonNode replay) {
        if (replay.path("total").asLong() == 0) {
            session.line("Nothing to replay.");
            return;
        }
        Table table = new Table("ID", "OUTCOME", "MESSAGE");
        replay.path("messages")
                .forEach(message -> table.row(message.path("id"), message.path("outcome"), message.path("message")));
        table.print(session.out());
        StringBuilder sum =
                new StringBuilder(replay.path("dryRun").asBoolean() ? "Dry run, nothing changed:" : "Done:");
        count(replay)
                .forEach((outcome, count) ->
                        sum.append(' ').append(count).append(' ').append(outcome));
        session.line(sum.toString());
    }

    private static Map<String, Long> count(JsonNode replay) {
        Map<String, Long> counts = new TreeMap<>();
        // Messages are at most 1,000; the hub counts them all.
        replay.path("counts")
                .fields()
                .forEachRemaining(one -> counts.put(one.getKey(), one.getValue().asLong()));
        if (counts.isEmpty()) {
            replay.path("messages")
                    .forEach(message -> counts.merge(message.path("outcome").asText(), 1L, Long::sum));
        }
        return counts;
    }
}
