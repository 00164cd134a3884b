package io.stockhub.app.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The top of the command line and the options that all commands share. */
@Command(
        name = "stockhub",
        synopsisSubcommandLabel = "COMMAND",
        description = "Stockhub: an integration hub that owns the stock.",
        mixinStandardHelpOptions = true,
        version = "stockhub 0.1.0",
        subcommands = {
            RunCommand.class,
            StockCommand.class,
            RulesCommand.class,
            ChannelsCommand.class,
            AlertsCommand.class,
            SubscriptionsCommand.class,
            DriftCommand.class,
            InboxCommand.class,
            WhyOversoldCommand.class,
            DlqCommand.class,
            UndoCommand.class,
            EdiCommand.class,
            EventsCommand.class,
            LedgerCommand.class,
            RehearseCommand.class
        },
        footerHeading = "%n",
        footer = {
            "Run by the launcher ./stockhub:",
            "  demo      the hub, four sandboxed marketplaces and a story",
            "  sandbox   only the sandboxes",
            "  test      all tests, as CI runs them",
            "  bench     benchmarks; without a name it lists them",
            "",
            "Not available yet: connector, mapping, edi parse, edi partners,",
            "  stock --at and --known-at",
            "",
            "Exit codes: 0 success, 1 failure, 2 wrong usage."
        })
public final class StockhubCommand implements Runnable {
    /** Starts the hub with settings the Spring way; throws when it cannot start. */
    public interface HubStarter {
        AutoCloseable start(String... arguments);
    }

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "Where the hub is. Default: ${DEFAULT-VALUE}")
    private URI url = URI.create("http://localhost:8080");

    @Option(
            names = "--key",
            scope = ScopeType.INHERIT,
            paramLabel = "KEY",
            description = "Your API key. Default: the environment variable STOCKHUB_KEY")
    private @Nullable String key;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the hub's JSON document and nothing else")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private final HubStarter starter;

    private StockhubCommand(HubStarter starter) {
        this.starter = starter;
    }

    /** The command line, ready to be executed. */
    public static CommandLine commandLine(HubStarter starter) {
        return new CommandLine(new StockhubCommand(starter))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new Failures());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See: ./stockhub --help");
    }

    HubStarter starter() {
        return starter;
    }

    boolean json() {
        return json;
    }

    HubClient client() {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new ParameterException(spec.commandLine(), "--url " + url + " (expected: http://HOST:PORT)");
        }
        String given = key == null ? System.getenv("STOCKHUB_KEY") : key;
        return new HubClient(url, given);
    }
}
