package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The rules of availability. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "The rules of what channels may sell.",
        synopsisSubcommandLabel = "(show | history | check | plan | apply)")
final class RulesCommand implements Runnable {
    private static final String YAML = "application/yaml";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What about the rules? For example: ./stockhub rules show");
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "The document that holds, or one that held.")
    int show(
            @Parameters(arity = "0..1", paramLabel = "VERSION", description = "Default: the one that holds") @Nullable
                    Long version) {
        Session session = Session.of(spec);
        String path = version == null ? "/api/v1/rules" : "/api/v1/rules/versions/" + version;
        session.print(session.hub().get(path), rules -> show(session, rules));
        return 0;
    }

    /** What is printed can be applied again: all that is not the document is a comment. */
    private static void show(Session session, JsonNode rules) {
        if (rules.path("version").asLong() == 0) {
            session.line("# No rules were ever applied. The settings of the channels hold.");
            return;
        }
        session.line("# version %s, applied by %s at %s%s"
                .formatted(
                        rules.path("version").asText(),
                        rules.path("appliedBy").asText(),
                        rules.path("appliedAt").asText(),
                        rules.path("comment").isNull()
                                ? ""
                                : ": " + rules.path("comment").asText()));
        session.line(rules.path("document").asText().stripTrailing());
    }

    @Command(
            name = "history",
            mixinStandardHelpOptions = true,
            description = "Who applied which version, newest first.")
    int history(
            @Option(names = "--before", paramLabel = "VERSION", description = "Only before this version") @Nullable
                    Long before,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most so many")
                    int limit) {
        Session session = Session.of(spec);
        String path = "/api/v1/rules/versions?limit=" + limit + (before == null ? "" : "&before=" + before);
        session.print(session.hub().get(path), page -> history(session, page));
        return 0;
    }

    private static void history(Session session, JsonNode page) {
        if (page.path("versions").isEmpty()) {
            session.line("No rules were ever applied.");
            return;
        }
        Table table = new Table("VERSION", "APPLIED", "BY", "COMMENT");
        page.path("versions")
                .forEach(version -> table.row(
                        version.path("version"),
                        version.path("appliedAt"),
                        version.path("appliedBy"),
                        version.path("comment")));
        table.print(session.out());
        if (!page.path("next").isNull()) {
            session.line("More: ./stockhub rules history --before "
                    + page.path("next").asText());
        }
    }

    @Command(name = "check", mixinStandardHelpOptions = true, description = "All that is wrong with a document.")
    int check(@Parameters(paramLabel = "FILE", description = "YAML or JSON") Path file) {
        Session session = Session.of(spec);
        HubClient.Reply reply = session.hub().post("/api/v1/rules/check", read(file), YAML);
        session.print(reply, check -> findings(session, file, check));
        return reply.json().path("findings").isEmpty() ? 0 : 1;
    }

    private static void findings(Session session, Path file, JsonNode check) {
        check.path("findings").forEach(finding -> {
            String path = finding.path("path").asText();
            session.line("line " + finding.path("line").asText() + ": " + (path.isEmpty() ? "" : path + ": ")
                    + finding.path("problem").asText());
        });
        int count = check.path("findings").size();
        session.line(count == 0 ? file + " can be applied." : count + (count == 1 ? " finding." : " findings."));
    }

    @Command(
            name = "plan",
            mixinStandardHelpOptions = true,
            description = "What a document would change on today's stock. Changes nothing.")
    int plan(
            @Parameters(paramLabel = "FILE", description = "YAML or JSON") Path file,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "List at most so many")
                    int limit) {
        Session session = Session.of(spec);
        byte[] document = read(file);
        if (isRefused(session, file, document)) {
            return 1;
        }
        HubClient.Reply reply = session.hub().post("/api/v1/rules/plan?limit=" + limit, document, YAML);
        session.print(reply, plan -> plan(session, file, plan));
        return 0;
    }

    private static void plan(Session session, Path file, JsonNode plan) {
        if (!plan.path("changes").isEmpty()) {
            Table table = new Table("SKU", "CHANNEL", "NOW", "THEN");
            plan.path("changes")
                    .forEach(change -> table.row(
                            change.path("sku"), change.path("channel"), change.path("now"), change.path("then")));
            table.print(session.out());
            session.out().println();
        }
        if (plan.path("more").asBoolean()) {
            session.line("These are the first " + plan.path("changes").size() + "; --limit lists more.");
        }
        session.line("%s numbers would change (%s lower, %s to zero), %s would not."
                .formatted(
                        plan.path("changed").asText(),
                        plan.path("lower").asText(),
                        plan.path("toZero").asText(),
                        plan.path("unchanged").asText()));
        if (plan.path("resold").asLong() > 0) {
            session.line("Channels would share %s SKUs in another way: in escrow each is told a part of its number."
                    .formatted(plan.path("resold").asText()));
        }
        session.line("Apply it: ./stockhub rules apply " + file + " --expect "
                + plan.path("version").asText());
    }

    @Command(name = "apply", mixinStandardHelpOptions = true, description = "Makes a document hold.")
    int apply(
            @Parameters(paramLabel = "FILE", description = "YAML or JSON") Path file,
            @Option(names = "--comment", paramLabel = "TEXT", description = "Why, for the history") @Nullable
                    String comment,
            @Option(
                            names = "--expect",
                            paramLabel = "VERSION",
                            description = "Only when this version holds still; 0 for none")
                    @Nullable
                    Long expected) {
        Session session = Session.of(spec);
        byte[] document = read(file);
        if (isRefused(session, file, document)) {
            return 1;
        }
        StringBuilder path = new StringBuilder("/api/v1/rules");
        if (comment != null) {
            path.append("?comment=").append(HubClient.encode(comment));
        }
        if (expected != null) {
            path.append(comment == null ? '?' : '&').append("expectedVersion=").append(expected);
        }
        session.print(
                session.hub().put(path.toString(), document, YAML),
                applied -> session.line(
                        applied.path("changed").asBoolean()
                                ? "Version " + applied.path("version").asText() + " holds. The channels are being told."
                                : "Version " + applied.path("version").asText()
                                        + " is the same document and holds already. Nothing was done."));
        return 0;
    }

    /** Tells all findings, where the refusal itself would tell the first. */
    private static boolean isRefused(Session session, Path file, byte[] document) {
        HubClient.Reply reply = session.hub().post("/api/v1/rules/check", document, YAML);
        if (reply.json().path("findings").isEmpty()) {
            return false;
        }
        session.print(reply, check -> findings(session, file, check));
        return true;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new CliFailure(
                    "Cannot read " + file + " (" + unreadable.getClass().getSimpleName() + ").");
        }
    }
}
