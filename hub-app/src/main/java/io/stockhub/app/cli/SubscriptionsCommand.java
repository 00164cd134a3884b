package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Other systems that are sent what happens. */
@Command(
        name = "subscriptions",
        mixinStandardHelpOptions = true,
        description = "Systems that are sent what happens, as signed webhooks, and how they are doing.")
final class SubscriptionsCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/subscriptions";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Session session = Session.of(spec);
        session.print(session.hub().get(PATH), all -> print(session, all.path("subscriptions")));
        return 0;
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Send what happens from now on to a URL.")
    int add(
            @Parameters(paramLabel = "URL", description = "Where messages are posted to") String url,
            @Option(
                            names = "--type",
                            paramLabel = "T",
                            description = "Only events of this type, such as stock.changed; may be repeated")
                    @Nullable
                    List<String> types) {
        Session session = Session.of(spec);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("url", url);
        if (types != null) {
            ArrayNode list = body.putArray("types");
            types.forEach(list::add);
        }
        session.print(session.hub().post(PATH, body), made -> secret(session, made));
        return 0;
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Stop sending, and forget what waits.")
    int remove(@Parameters(paramLabel = "ID", description = "Number of the subscription") String id) {
        Session session = Session.of(spec);
        session.hub().delete(PATH + "/" + HubClient.encode(id));
        session.line("Subscription " + id + " is gone.");
        session.out().flush();
        return 0;
    }

    @Command(name = "test", mixinStandardHelpOptions = true, description = "Send a test message.")
    int test(@Parameters(paramLabel = "ID", description = "Number of the subscription") String id) {
        return act(
                id,
                "test",
                (session, sent) -> session.line("Message "
                        + sent.path("messageId").asText()
                        + " is on its way. Whether it arrived: ./stockhub subscriptions"));
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Make a new secret; messages are signed with the old one too for a day.")
    int rotate(@Parameters(paramLabel = "ID", description = "Number of the subscription") String id) {
        return act(id, "rotate", SubscriptionsCommand::secret);
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Go on with one that was switched off.")
    int resume(@Parameters(paramLabel = "ID", description = "Number of the subscription") String id) {
        return act(id, "resume", (session, one) -> session.line("Subscription " + id + " goes on."));
    }

    private int act(String id, String what, BiConsumer<Session, JsonNode> forPeople) {
        Session session = Session.of(spec);
        session.print(
                session.hub().post(PATH + "/" + HubClient.encode(id) + "/" + what, null),
                answer -> forPeople.accept(session, answer));
        return 0;
    }

    private static void secret(Session session, JsonNode made) {
        session.line("Subscription " + made.path("id").asText() + ". Its secret, shown this once:");
        session.line(made.path("secret").asText());
    }

    private static void print(Session session, JsonNode all) {
        if (all.isEmpty()) {
            session.line("Nobody is sent what happens. Add one: ./stockhub subscriptions add URL");
            return;
        }
        Table table =
                new Table("ID", "URL", "TYPES", "STATE", "WAITING", "LAST ARRIVED", "FAILING SINCE", "LAST ERROR");
        all.forEach(one -> table.row(
                one.path("id"),
                one.path("url"),
                one.path("types").isEmpty() ? "all" : types(one.path("types")),
                one.path("state"),
                one.path("waiting"),
                one.path("lastArrivedAt"),
                one.path("failingSince"),
                one.path("lastError")));
        table.print(session.out());
    }

    private static String types(JsonNode types) {
        StringBuilder text = new StringBuilder();
        types.forEach(type -> text.append(text.isEmpty() ? "" : ",").append(type.asText()));
        return text.toString();
    }
}
