package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Errors go to standard error in words; with {@code --json} standard output holds one document all the same. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (!(failure instanceof CliFailure known)) {
            throw failure;
        }
        if (((StockhubCommand) command.getCommandSpec().root().userObject()).json()) {
            String document = known.document();
            command.getOut()
                    .println(
                            document != null
                                    ? document
                                    : JsonNodeFactory.instance
                                            .objectNode()
                                            .put("error", known.getMessage())
                                            .toString());
            command.getOut().flush();
        }
        command.getErr().println(known.getMessage());
        return 1;
    }
}
