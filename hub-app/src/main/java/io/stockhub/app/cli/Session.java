package io.stockhub.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** One call of a command: the hub it talks to, where it prints, and for whom. */
record Session(HubClient hub, PrintWriter out, PrintWriter err, boolean json) {

    static Session of(CommandSpec spec) {
        StockhubCommand top = (StockhubCommand) spec.root().userObject();
        return new Session(
                top.client(), spec.commandLine().getOut(), spec.commandLine().getErr(), top.json());
    }

    /** Prints an answer: as it came for scripts, or with {@code forPeople}. */
    void print(HubClient.Reply reply, Consumer<JsonNode> forPeople) {
        if (json) {
            out.println(reply.body());
        } else {
            forPeople.accept(reply.json());
        }
        out.flush();
    }

    void line(String text) {
        out.println(Table.printable(text));
    }
}
