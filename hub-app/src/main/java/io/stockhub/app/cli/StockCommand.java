package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What there is of a SKU, and why. */
@Command(
        name = "stock",
        mixinStandardHelpOptions = true,
        description = "Stock of a SKU by location, and what each channel was told.",
        footer = {
            "%nTimes are ISO-8601 with offset, for example 2026-09-04T10:15:00Z. --at asks for what had happened by then,",
            "--known-at for what was written down by then; both together for what was believed then."
        })
final class StockCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SKU", description = "Our code of the SKU")
    private @Nullable String sku;

    @Option(names = "--at", paramLabel = "T", description = "As of this moment")
    private @Nullable String at;

    @Option(names = "--known-at", paramLabel = "T", description = "As known at this moment")
    private @Nullable String knownAt;

    @Override
    public Integer call() {
        if (sku == null) {
            throw new ParameterException(spec.commandLine(), "Which SKU? For example: ./stockhub stock TEE-M");
        }
        Session session = Session.of(spec);
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        if (at != null) {
            query.add("at=" + HubClient.encode(at));
        }
        if (knownAt != null) {
            query.add("knownAt=" + HubClient.encode(knownAt));
        }
        session.print(
                session.hub().get("/api/v1/stock/" + HubClient.encode(sku) + query), stock -> print(session, stock));
        return 0;
    }

    private static void print(Session session, JsonNode stock) {
        locations(session, stock);
        if (!stock.path("components").isEmpty()) {
            Table parts = new Table("MADE OF", "UNITS");
            stock.path("components").forEach(part -> parts.row(part.path("sku"), part.path("quantity")));
            session.out().println();
            parts.print(session.out());
        }
        if (!stock.path("expected").isEmpty()) {
            Table expected = new Table("EXPECTED", "UNITS");
            stock.path("expected").forEach(one -> expected.row(one.path("date"), one.path("quantity")));
            session.out().println();
            expected.print(session.out());
        }
        channels(session, stock);
    }

    /** A column for every state that is somewhere. */
    private static void locations(Session session, JsonNode stock) {
        if (stock.path("locations").isEmpty()) {
            session.line(stock.path("components").isEmpty() ? "No stock anywhere." : "A bundle: no stock of its own.");
            return;
        }
        Set<String> states = new LinkedHashSet<>(List.of("available", "reserved"));
        stock.path("locations")
                .forEach(location -> location.path("states").fieldNames().forEachRemaining(states::add));
        List<String> titles = new ArrayList<>(List.of("LOCATION"));
        states.forEach(state -> titles.add(state.toUpperCase(Locale.ROOT).replace('_', ' ')));
        Table locations = new Table(titles.toArray(String[]::new));
        Table details = new Table("LOCATION", "STATE", "QUANTITY", "LOT", "EXPIRY", "SERIAL", "BIN", "POOL", "FOR");
        stock.path("locations").forEach(location -> {
            List<Object> cells = new ArrayList<>(List.of(location.path("location")));
            states.forEach(state -> cells.add(location.path("states").path(state)));
            locations.row(cells.toArray());
            location.path("details")
                    .forEach(units -> details.row(
                            location.path("location"),
                            units.path("state"),
                            units.path("quantity"),
                            units.path("lot"),
                            units.path("expiry"),
                            units.path("serial"),
                            units.path("bin"),
                            units.path("pool"),
                            units.path("holder")));
        });
        locations.print(session.out());
        if (!details.isEmpty()) {
            session.out().println();
            details.print(session.out());
        }
    }

    private static void channels(Session session, JsonNode stock) {
        if (!stock.path("channels").isEmpty()) {
            Table channels = new Table("CHANNEL", "MAY SELL", "WANTED", "SENT", "CONFIRMED", "WAITING SINCE");
            stock.path("channels")
                    .forEach(channel -> channels.row(
                            channel.path("channel"),
                            channel.path("ats"),
                            channel.path("wanted"),
                            channel.path("sent"),
                            channel.path("confirmed"),
                            channel.path("dirtySince")));
            session.out().println();
            channels.print(session.out());
        }
    }

    @Command(name = "why", mixinStandardHelpOptions = true, description = "How the number of a channel comes about.")
    int why(
            @Parameters(paramLabel = "SKU", description = "Our code of the SKU") String of,
            @Parameters(paramLabel = "CHANNEL", description = "Id of the channel") String channel) {
        Session session = Session.of(spec);
        String path = "/api/v1/stock/" + HubClient.encode(of) + "/why?channel=" + HubClient.encode(channel);
        session.print(session.hub().get(path), why -> why(session, why));
        return 0;
    }

    private static void why(Session session, JsonNode why) {
        tree(session, why.path("derivation"), "");
        why.path("components").forEach(component -> {
            session.line("");
            session.line("%s: %s per unit, enough for %s%s"
                    .formatted(
                            component.path("sku").asText(),
                            component.path("perUnit").asText(),
                            component.path("bundles").asText(),
                            component.path("sku").equals(why.path("scarcest")) ? " (the scarcest)" : ""));
            tree(session, component.path("derivation"), "");
        });
        session.line("");
        session.line(
                why.path("rulesVersion").asLong() == 0
                        ? "By the settings alone."
                        : "By version " + why.path("rulesVersion").asText() + " of the rules.");
    }

    @Command(
            name = "promise",
            mixinStandardHelpOptions = true,
            description = "What may be promised for which day, with what is expected.")
    int promise(
            @Parameters(paramLabel = "SKU", description = "Our code of the SKU") String of,
            @Parameters(paramLabel = "CHANNEL", description = "Id of the channel") String channel) {
        Session session = Session.of(spec);
        String path = "/api/v1/stock/" + HubClient.encode(of) + "/promise?channel=" + HubClient.encode(channel);
        session.print(session.hub().get(path), promise -> promise(session, promise));
        return 0;
    }

    private static void promise(Session session, JsonNode promise) {
        Table steps = new Table("FROM", "MAY BE PROMISED");
        promise.path("steps").forEach(step -> steps.row(step.path("date"), step.path("quantity")));
        steps.print(session.out());
        promise.path("backordered")
                .fields()
                .forEachRemaining(waiting -> session.line(
                        "Orders wait for " + waiting.getValue().asText() + " of " + waiting.getKey() + "."));
        coming(session, "EXPECTED", promise.path("expected"));
        coming(session, "NOT COUNTED", promise.path("notCounted"));
    }

    /** What is not counted is overdue, or nobody said when it comes. */
    private static void coming(Session session, String title, JsonNode coming) {
        if (!coming.isEmpty()) {
            Table table = new Table(title, "SKU", "LOCATION", "QUANTITY", "REFERENCE");
            coming.forEach(goods -> table.row(
                    goods.path("date"),
                    goods.path("sku"),
                    goods.path("location"),
                    goods.path("quantity"),
                    goods.path("reference")));
            session.out().println();
            table.print(session.out());
        }
    }

    @Command(
            name = "exposure",
            mixinStandardHelpOptions = true,
            description = "How many units could be oversold right now, in the worst case, and at which channels.")
    int exposure(@Parameters(paramLabel = "SKU", arity = "1..100", description = "Our codes") List<String> of) {
        Session session = Session.of(spec);
        StringJoiner query = new StringJoiner("&", "?", "");
        of.forEach(one -> query.add("sku=" + HubClient.encode(one)));
        session.print(session.hub().get("/api/v1/exposure" + query), answer -> exposure(session, answer));
        return 0;
    }

    private static void exposure(Session session, JsonNode answer) {
        Table table = new Table("SKU", "SOLD BY", "THERE IS", "MAY STILL BE SOLD", "AT WORST TOO MUCH", "WHERE");
        answer.path("skus").forEach(one -> {
            StringJoiner where = new StringJoiner(", ").setEmptyValue("-");
            one.path("slices")
                    .forEach(slice -> where.add(slice.path("open").asText() + " at "
                            + slice.path("channel").asText()));
            table.row(
                    one.path("sku"),
                    one.path("divided").asBoolean() ? "escrow" : "sharing",
                    one.path("units"),
                    one.path("open"),
                    one.path("worst"),
                    where.toString());
        });
        table.print(session.out());
        answer.path("unknown").forEach(sku -> session.line("No SKU is called \"" + sku.asText() + "\"."));
    }

    @Command(name = "history", mixinStandardHelpOptions = true, description = "The postings of a SKU, newest last.")
    int history(
            @Parameters(paramLabel = "SKU", description = "Our code of the SKU") String of,
            @Option(names = "--after", paramLabel = "ID", description = "Only after this movement") @Nullable
                    String after,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most so many")
                    int limit) {
        Session session = Session.of(spec);
        String path = "/api/v1/stock/" + HubClient.encode(of) + "/movements?limit=" + limit
                + (after == null ? "" : "&after=" + HubClient.encode(after));
        session.print(session.hub().get(path), page -> history(session, of, page));
        return 0;
    }

    private static void history(Session session, String sku, JsonNode page) {
        if (page.path("postings").isEmpty()) {
            session.line("Nothing moved.");
            return;
        }
        Table table = new Table(
                "MOVEMENT",
                "RECORDED",
                "KIND",
                "LOCATION",
                "FROM",
                "TO",
                "QUANTITY",
                "ON HAND",
                "AVAILABLE",
                "REFERENCE",
                "BY",
                "CAUSE");
        page.path("postings")
                .forEach(posting -> table.row(
                        posting.path("movementId"),
                        posting.path("recordedAt"),
                        posting.path("kind"),
                        posting.has("fromLocation")
                                ? posting.path("fromLocation").asText() + " > "
                                        + posting.path("location").asText()
                                : posting.path("location").asText(),
                        posting.path("from"),
                        posting.path("to"),
                        posting.path("quantity"),
                        posting.path("onHand"),
                        posting.path("available"),
                        posting.path("reference"),
                        posting.path("actor"),
                        cause(posting)));
        table.print(session.out());
        if (!page.path("next").isNull()) {
            session.line("More: ./stockhub stock history " + sku + " --after "
                    + page.path("next").asText());
        }
    }

    private static String cause(JsonNode posting) {
        StringJoiner cause = new StringJoiner(", ").setEmptyValue("-");
        if (posting.has("order")) {
            JsonNode order = posting.path("order");
            cause.add("order " + order.path("orderRef").asText() + " of "
                    + order.path("channel").asText());
        }
        if (posting.path("reason").isTextual()) {
            cause.add(posting.path("reason").asText());
        }
        for (String field : List.of("lot", "serial", "bin", "holder")) {
            if (posting.has(field)) {
                cause.add(field + " " + posting.path(field).asText());
            }
        }
        if (posting.has("reverses")) {
            cause.add("undoes " + posting.path("reverses").asText());
        }
        if (posting.has("reversedBy")) {
            cause.add("undone by " + posting.path("reversedBy").asText());
        }
        return cause.toString();
    }

    private static void tree(Session session, JsonNode node, String indent) {
        List<String> notes = new ArrayList<>();
        node.path("notes").forEach(note -> notes.add(note.asText()));
        session.line("%s%8d  %s%s"
                .formatted(
                        indent,
                        node.path("quantity").asLong(),
                        node.path("title").asText(),
                        notes.isEmpty() ? "" : " (" + String.join(", ", notes) + ")"));
        node.path("children").forEach(child -> tree(session, child, indent + "  "));
    }
}
