package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The replays, and what can be done with one that runs. */
@Command(
        name = "replays",
        mixinStandardHelpOptions = true,
        description = "Replays, newest first; pause, resume, cancel.")
final class ReplaysCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Session session = Session.of(spec);
        session.print(session.hub().get("/api/v1/replays"), page -> {
            if (page.path("replays").isEmpty()) {
                session.line("No replays.");
                return;
            }
            Table table = new Table("ID", "STATE", "DONE", "OF", "OUTCOMES", "RATE", "BY", "REASON");
            page.path("replays")
                    .forEach(job -> table.row(
                            job.path("replayId"),
                            job.path("state"),
                            job.path("finished"),
                            job.path("total"),
                            counts(job),
                            job.path("rate"),
                            job.path("requestedBy"),
                            job.path("reason")));
            table.print(session.out());
        });
        return 0;
    }

    private static String counts(JsonNode job) {
        List<String> counts = new ArrayList<>();
        job.path("counts")
                .fields()
                .forEachRemaining(one -> counts.add(one.getValue().asText() + " " + one.getKey()));
        return String.join(", ", counts);
    }

    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Begin no more messages.")
    int pause(@Parameters(paramLabel = "ID", description = "Id of the replay") String id) {
        return change(id, "pause");
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Go on.")
    int resume(@Parameters(paramLabel = "ID", description = "Id of the replay") String id) {
        return change(id, "resume");
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "End it; what was not begun stays a dead letter.")
    int cancel(@Parameters(paramLabel = "ID", description = "Id of the replay") String id) {
        return change(id, "cancel");
    }

    private int change(String id, String act) {
        Session session = Session.of(spec);
        session.print(
                session.hub()
                        .post(
                                "/api/v1/replays/" + HubClient.encode(id) + "/" + act,
                                JsonNodeFactory.instance.objectNode()),
                job -> session.line("Replay " + job.path("replayId").asText() + " is "
                        + job.path("state").asText() + ": "
                        + job.path("finished").asText() + " of "
                        + job.path("total").asText() + "."));
        return 0;
    }
}
