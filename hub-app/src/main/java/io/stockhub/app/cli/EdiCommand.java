package io.stockhub.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** EDI interchanges. */
@Command(
        name = "edi",
        mixinStandardHelpOptions = true,
        description = "EDI.",
        synopsisSubcommandLabel = "send",
        footer = {"%nNot available yet: edi parse, edi partners"})
final class EdiCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What about EDI? ./stockhub edi send FILE");
    }

    @Command(
            name = "send",
            mixinStandardHelpOptions = true,
            description = "Hand an interchange in and print its acknowledgement. Fails when all of it was rejected.")
    int send(@Parameters(paramLabel = "FILE", description = "A file with one or more interchanges") Path file) {
        Session session = Session.of(spec);
        HubClient.Reply reply = session.hub().post("/edi", read(file), "application/edi-x12");
        session.print(reply, received -> {
            session.line(received.path("message").asText());
            session.line(received.path("acknowledgement").asText());
        });
        return reply.json().path("outcome").asText().equals("rejected") ? 1 : 0;
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new CliFailure("Cannot read " + file + ". Check the name and its rights.");
        }
    }
}
