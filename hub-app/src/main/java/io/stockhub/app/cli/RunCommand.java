package io.stockhub.app.cli;

import io.stockhub.app.settings.ExampleConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Starts the hub with your own configuration. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Start the hub with your configuration.",
            "Without --config an example is written, for you to fill in."
        },
        footer = {"%nSettings can be given here too and win over the file: --stockhub.channels[0].buffer=2"})
final class RunCommand implements Callable<Integer> {
    private static final Path EXAMPLE_DIRECTORY = Path.of("stockhub-config");

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "DIR", description = "Folder that holds stockhub.yaml")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Folder for all that is kept. Default: ${DEFAULT-VALUE}")
    private Path data = Path.of("data");

    @Option(names = "--port", paramLabel = "PORT", description = "Port to serve on. Default: 8080")
    private @Nullable Integer port;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "Address to serve on. Default: 127.0.0.1; 0.0.0.0 opens it to others, put TLS in front of it")
    private @Nullable String address;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() {
        List<String> arguments = arguments();
        if (config == null && !isConfiguredOtherwise()) {
            spec.commandLine().getErr().println(ExampleConfig.offer(EXAMPLE_DIRECTORY));
            return 1;
        }
        try {
            ((StockhubCommand) spec.root().userObject()).starter().start(arguments.toArray(String[]::new));
        } catch (RuntimeException notStarted) {
            // Spring has said why already; here it would only be said twice.
            return 1;
        }
        return 0;
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        for (String setting : settings) {
            if (!setting.matches("--[A-Za-z][^=]*\\.[^=]*=.*")) {
                throw new ParameterException(
                        spec.commandLine(), "Unknown: " + setting + " (settings are given as --name.of.it=value)");
            }
            arguments.add(setting);
        }
        arguments.add("--stockhub.data=" + data);
        if (config != null) {
            arguments.add("--stockhub.config=" + config);
        }
        if (port != null) {
            arguments.add("--server.port=" + port);
        }
        if (address != null) {
            arguments.add("--server.address=" + address);
        }
        return arguments;
    }

    /** Keys given the Spring way are enough to start without a file. */
    private boolean isConfiguredOtherwise() {
        return settings.stream().anyMatch(setting -> setting.startsWith("--stockhub.keys"))
                || System.getenv().keySet().stream().anyMatch(name -> name.startsWith("STOCKHUB_KEYS_"))
                || System.getProperties().stringPropertyNames().stream()
                        .anyMatch(name -> name.startsWith("stockhub.keys"));
    }
}
