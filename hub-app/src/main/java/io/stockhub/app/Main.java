package io.stockhub.app;

import io.stockhub.app.cli.StockhubCommand;

/** The one entry point: the command line, of which {@code run} is the command that starts the hub. */
public final class Main {
    private Main() {}

    /** Ends with 0 on success, 1 on failure, 2 on wrong usage; a started hub keeps running. */
    public static void main(String[] arguments) {
        int code = StockhubCommand.commandLine(HubApplication::start).execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }
}
