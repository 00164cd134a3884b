package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What went wrong with an order, told from what the hub wrote down. */
@Command(
        name = "why-oversold",
        mixinStandardHelpOptions = true,
        description = "Why an order was not there to be promised: what happened, in its order, and whose doing it was.",
        footer = {
            "%nWhose: channel (it sold what it had been told not to), delay (a number or an order was on its way),",
            "  hub (it had a number to tell and did not), edited (somebody changed it at the channel),",
            "  late-receipt, stock (the goods were not there), mapping (the order could not be understood), unknown."
        })
final class WhyOversoldCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ORDER", description = "The order's reference, as its channel calls it")
    private String order;

    @Option(names = "--channel", paramLabel = "C", description = "Only the order of this channel")
    private @Nullable String channel;

    @Override
    public Integer call() {
        Session session = Session.of(spec);
        JsonNode answer = session.hub()
                .get("/api/v1/why-oversold?order=" + HubClient.encode(order)
                        + (channel == null ? "" : "&channel=" + HubClient.encode(channel)))
                .json();
        if (session.json()) {
            session.out().println(answer);
        } else {
            answer.path("orders").forEach(story -> print(session, story));
        }
        session.out().flush();
        return 0;
    }

    private static void print(Session session, JsonNode story) {
        session.line("Order %s of %s, placed %s, taken %s"
                .formatted(
                        story.path("orderRef").asText(),
                        story.path("channel").asText(),
                        story.path("placedAt").asText(),
                        story.path("takenAt").asText()));
        for (JsonNode line : story.path("lines")) {
            session.line("");
            long missing = line.path("shortBy").asLong();
            if (missing <= 0) {
                session.line("%s: all of %d were there."
                        .formatted(
                                line.path("sku").asText(), line.path("quantity").asLong()));
                continue;
            }
            session.line("%s: %d of %d were not there; %d are missing now."
                    .formatted(
                            line.path("sku").asText(),
                            missing,
                            line.path("quantity").asLong(),
                            line.path("stillShort").asLong()));
            line.path("causes")
                    .forEach(cause -> session.line("  why (%s): %s"
                            .formatted(
                                    cause.path("fault").asText(),
                                    cause.path("text").asText())));
            session.line("");
            line.path("events")
                    .forEach(event -> session.line("  %s  %s"
                            .formatted(
                                    event.path("at").asText(),
                                    event.path("text").asText())));
        }
        session.line("");
    }
}
