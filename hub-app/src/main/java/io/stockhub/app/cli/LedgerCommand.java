package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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

    @Command(name = "verify", mixinStandardHelpOptions = true, description = "Check every promise of the ledger.")
    int verify() {
        Session session = Session.of(spec);
        HubClient.Reply reply = session.hub().get("/api/v1/ledger/verify");
        session.print(reply, report -> print(session, report));
        return reply.json().path("passes").asBoolean() ? 0 : 1;
    }

    private static void print(Session session, JsonNode report) {
        session.line("Checked %s movements with %s postings against %s balances."
                .formatted(
                        report.path("movements").asText(),
                        report.path("postings").asText(),
                        report.path("balances").asText()));
        finding(session, report, "imbalanced", "every unit that left one account entered another");
        finding(session, report, "negative", "no stock is below zero");
        finding(session, report, "balanceMismatch", "every balance is the sum of its postings");
        finding(session, report, "reservationMismatch", "what is reserved is what reservations hold");
        session.line(report.path("passes").asBoolean() ? "The ledger holds." : "The ledger does NOT hold.");
    }

    private static void finding(Session session, JsonNode report, String name, String promise) {
        long wrong = report.path(name).asLong();
        session.line(
                (wrong == 0 ? "  ok     " : "  BROKEN ") + promise + (wrong == 0 ? "" : " (" + wrong + " do not)"));
    }
}
