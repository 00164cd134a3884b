package io.stockhub.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Runs the commands of one group against a hub that answers what a test wrote down. */
abstract class StubbedCli {
    final StubHub hub = new StubHub();
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    private final String group;

    StubbedCli(String group) {
        this.group = group;
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    /** The exit code. */
    int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--url", hub.url(), "--key", "my-key", group));
        all.addAll(List.of(arguments));
        return StockhubCommand.commandLine(settings -> () -> {})
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
