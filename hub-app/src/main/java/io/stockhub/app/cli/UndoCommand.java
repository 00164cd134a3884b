package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Undoes what came in together, after showing what that does. */
@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        description = {
            "Undo what came in together: an EDI interchange, a replay, or all that one source did in a span of time.",
            "Shows the plan, asks, and then does it; without anything it lists what could be undone.",
            "Movements are answered by their opposites and orders that were taken are cancelled, newest first. What was",
            "sold, shipped or moved on since stays, and is listed."
        },
        footer = {
            "%nExamples:",
            "  ./stockhub undo edi:12 --reason \"sent twice by the depot\"",
            "  ./stockhub undo --source demoerp --since 2026-09-04T08:00:00Z --until 2026-09-04T09:00:00Z --dry-run",
            "%nExit codes: 0 all of it is undone, or it was a dry run; 1 something stays, or a failure; 2 wrong usage."
        })
final class UndoCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int SHOWN = 40;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "edi:NUMBER or replay:NUMBER")
    private @Nullable String run;

    @Option(names = "--source", paramLabel = "NAME", description = "A channel, an EDI partner or the name of a key")
    private @Nullable String source;

    @Option(
            names = "--since",
            paramLabel = "T",
            description = "From then on, with --source; such as 2026-09-04T08:00:00Z")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "T", description = "Up to then, with --source. Default: now")
    private @Nullable String until;

    @Option(names = "--dry-run", description = "Only show what would be undone")
    private boolean dryRun;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record; needed unless --dry-run")
    private @Nullable String reason;

    @Option(names = "--yes", description = "Do not ask")
    private boolean yes;

    @Override
    public Integer call() throws InterruptedException {
        Session session = Session.of(spec);
        if (run == null && source == null) {
            if (since != null || until != null || dryRun || reason != null || yes) {
                throw new ParameterException(spec.commandLine(), "Undo what? Give RUN, or --source with --since.");
            }
            session.print(session.hub().get("/api/v1/undos/runs"), answer -> printRuns(session, answer));
            return 0;
        }
        if (!dryRun && reason == null) {
            throw new ParameterException(spec.commandLine(), "--reason is missing: it is kept with the undo.");
        }
        ObjectNode request = request();
        HubClient.Reply plan = session.hub().post("/api/v1/undos/plan", request);
        if (dryRun) {
            session.print(plan, answer -> print(session, answer, "Would be"));
            return 0;
        }
        if (!session.json()) {
            print(session, plan.json(), "Would be");
            session.out().flush();
        }
        if (!yes && !confirmed()) {
            session.line("Nothing was undone.");
            session.out().flush();
            return 1;
        }
        request.put("reason", reason);
        String id = session.hub()
                .post("/api/v1/undos", request)
                .json()
                .path("undoId")
                .asText();
        HubClient.Reply done = await(session, id);
        session.print(done, answer -> print(session, answer, "Done:"));
        JsonNode counts = done.json().path("counts");
        return counts.has("kept") || counts.has("in-part") ? 1 : 0;
    }

    private ObjectNode request() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ReplayCommand.put(request, "run", run);
        ReplayCommand.put(request, "source", source);
        ReplayCommand.put(request, "since", since);
        ReplayCommand.put(request, "until", until);
        return request;
    }

    private boolean confirmed() {
        Console console = System.console();
        if (console == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Nobody is here to be asked: add --yes to undo it, or --dry-run to see the plan.");
        }
        return "yes".equals(console.readLine("Undo it? Type yes: "));
    }

    /** Progress goes to standard error, so that standard output stays a document or a table. */
    private static HubClient.Reply await(Session session, String id) throws InterruptedException {
        long told = -1;
        while (true) {
            HubClient.Reply reply = session.hub().get("/api/v1/undos/" + HubClient.encode(id));
            long finished = reply.json().path("finished").asLong();
            if (finished != told) {
                session.err()
                        .println(finished + " of " + reply.json().path("total").asText());
                session.err().flush();
                told = finished;
            }
            if (reply.json().path("state").asText().equals("done")) {
                return reply;
            }
            Thread.sleep(PAUSE);
        }
    }

    private static void printRuns(Session session, JsonNode answer) {
        if (answer.path("runs").isEmpty()) {
            session.line(
                    "No EDI interchange and no replay yet. All that one source did: undo --source NAME --since T.");
            return;
        }
        Table table = new Table("RUN", "AT", "FROM", "WHAT", "DOCUMENTS");
        answer.path("runs")
                .forEach(one -> table.row(
                        one.path("run"), one.path("at"), one.path("source"), one.path("what"), one.path("documents")));
        table.print(session.out());
    }

    private static void print(Session session, JsonNode answer, String doneOrNot) {
        if (answer.path("total").asLong() == 0) {
            session.line("It brought nothing in: there is nothing to undo.");
            return;
        }
        Table table = new Table("NUMBER", "WHAT", "", "OUTCOME", "WHAT STAYS");
        int shown = 0;
        for (JsonNode item : answer.path("items")) {
            if (shown++ < SHOWN) {
                table.row(
                        item.path("number"),
                        item.path("kind"),
                        item.path("what"),
                        item.path("outcome"),
                        item.path("message"));
            }
        }
        table.print(session.out());
        if (answer.path("total").asLong() > SHOWN) {
            session.line("... of " + answer.path("total").asText() + "; all of them with --json");
        }
        List<String> counts = new ArrayList<>();
        answer.path("counts")
                .fields()
                .forEachRemaining(one -> counts.add(one.getValue().asText() + " " + one.getKey()));
        session.line(doneOrNot + " " + String.join(", ", counts) + ".");
    }
}
