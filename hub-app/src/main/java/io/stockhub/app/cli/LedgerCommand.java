package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.stock.LedgerCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The books. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = "The ledger.",
        synopsisSubcommandLabel = "verify")
final class LedgerCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What about the ledger? ./stockhub ledger verify");
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Check every promise of the ledger.",
            footer = {
                "%nThe position and hash of the last seal are worth keeping elsewhere: the same hash at the same",
                "position later means that nothing before it was changed."
            })
    int verify(
            @Option(
                            names = "--incremental",
                            description = "Only all accounts, and the movements since the last such check that passed")
                    boolean incremental) {
        Session session = Session.of(spec);
        HubClient.Reply reply = session.hub().get("/api/v1/ledger/verify" + (incremental ? "?mode=incremental" : ""));
        session.print(reply, report -> print(session, report));
        return reply.json().path("passes").asBoolean() ? 0 : 1;
    }

    private static void print(Session session, JsonNode report) {
        boolean passes = report.path("passes").asBoolean();
        session.line("%s  %s movements with %s postings against %s accounts%s"
                .formatted(
                        passes ? "PASS" : "FAIL",
                        report.path("movements").asText(),
                        report.path("postings").asText(),
                        report.path("balances").asText(),
                        report.path("mode").asText().equals("incremental")
                                ? "; of the movements, those since the last incremental check that passed"
                                : ""));
        JsonNode until = report.path("until");
        if (until.isObject()) {
            session.line("      sealed until position %s (movement %s, %s)%s"
                    .formatted(
                            until.path("position").asText(),
                            until.path("movementId").asText(),
                            until.path("sealedAt").asText(),
                            report.path("unsealed").asLong() == 0
                                    ? ""
                                    : ", " + report.path("unsealed").asText() + " not sealed yet"));
            session.line("      " + until.path("hash").asText());
        }
        for (LedgerCheck check : LedgerCheck.values()) {
            if (report.has(check.code())) {
                finding(session, report, check);
            }
        }
    }

    private static void finding(Session session, JsonNode report, LedgerCheck check) {
        long wrong = report.path(check.code()).asLong();
        session.line((wrong == 0 ? "  ok     " : "  BROKEN ")
                + check.promise()
                + (wrong == 0 ? "" : " (" + wrong + (wrong == 1 ? " does not)" : " do not)")));
        report.path("findings").forEach(found -> {
            if (found.path("check").asText().equals(check.code())) {
                session.line("           " + found.path("what").asText() + ": "
                        + found.path("detail").asText());
            }
        });
    }
}
