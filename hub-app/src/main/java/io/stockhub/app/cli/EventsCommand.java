package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who is told what happens, and telling it again. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Who is told what happens (Kafka, say) and how far each is; tell it again.")
final class EventsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Session session = Session.of(spec);
        session.print(session.hub().get("/api/v1/events/consumers"), page -> table(session, page));
        return 0;
    }

    private static void table(Session session, JsonNode page) {
        if (page.path("consumers").isEmpty()) {
            session.line("Nobody is told: no Kafka is set, and nobody has subscribed.");
            return;
        }
        Table table = new Table("CONSUMER", "BEHIND", "FAILING SINCE", "LAST ERROR");
        page.path("consumers")
                .forEach(one -> table.row(
                        one.path("consumer"), one.path("behind"), one.path("failingSince"), one.path("lastError")));
        table.print(session.out());
    }

    @Command(
            name = "rewind",
            mixinStandardHelpOptions = true,
            description = "Send events again, under the ids that they had: all that are kept, or those since a time.")
    int rewind(
            @Parameters(paramLabel = "CONSUMER", description = "Its name, for example kafka") String consumer,
            @Nullable @Option(names = "--since", paramLabel = "TIME", description = "For example 2026-09-04T00:00:00Z")
                    String since) {
        Session session = Session.of(spec);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (since != null) {
            body.put("since", since);
        }
        session.print(
                session.hub().post("/api/v1/events/consumers/" + HubClient.encode(consumer) + "/rewind", body),
                done -> session.line(done.path("events").asText() + " events are sent to " + consumer + " again."));
        return 0;
    }

    @Command(
            name = "tell-stock",
            mixinStandardHelpOptions = true,
            description = "Tell the stock of every SKU once more, to all who are told.")
    int tellStock() {
        Session session = Session.of(spec);
        session.print(
                session.hub().post("/api/v1/events/tell-stock", JsonNodeFactory.instance.objectNode()),
                page -> table(session, page));
        return 0;
    }
}
