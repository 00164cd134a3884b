package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Mends a cause and sends all its dead letters again. */
@Command(
        name = "fix",
        mixinStandardHelpOptions = true,
        description = {
            "Mend a cause and send all its dead letters again.",
            "With --alias the unknown name becomes an alias of that SKU. With --kind it says what was changed elsewhere."
        })
final class FixCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CAUSE", description = "The cause, as dlq lists it")
    private String cause;

    @Option(names = "--alias", paramLabel = "SKU", description = "The SKU that the unknown name means")
    private @Nullable String alias;

    @Option(names = "--kind", paramLabel = "KIND", description = "What was changed: mapping, unit or other")
    private @Nullable String kind;

    @Option(names = "--rate", paramLabel = "N", description = "Send at most N messages a second")
    private @Nullable BigDecimal rate;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record; needed with --kind")
    private @Nullable String reason;

    @Override
    public Integer call() throws InterruptedException {
        if ((alias == null) == (kind == null)) {
            throw new ParameterException(spec.commandLine(), "Either --alias SKU, or --kind with --reason.");
        }
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("kind", kind == null ? "alias" : kind);
        ReplayCommand.put(request, "sku", alias);
        ReplayCommand.put(request, "reason", reason);
        if (rate != null) {
            request.put("rate", rate);
        }
        Session session = Session.of(spec);
        JsonNode fixed = session.hub()
                .post("/api/v1/dead-letters/causes/" + HubClient.encode(cause) + "/fix", request)
                .json();
        session.err().println(fixed.path("letters").asText() + " messages are sent again.");
        return ReplayCommand.follow(session, fixed.path("replayId").asText());
    }
}
