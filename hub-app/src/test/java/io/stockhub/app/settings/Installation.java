package io.stockhub.app.settings;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A folder with a {@code stockhub.yaml}, an environment and arguments, as a start of the hub would find them. */
final class Installation {
    static final String KEYS = "keys:\n  - {name: admin, role: admin, key: env:ADMIN_KEY}\n";

    final Map<String, String> variables = new HashMap<>(Map.of("ADMIN_KEY", "0123456789abcdef"));
    final Map<String, Object> arguments = new HashMap<>();
    private final Path folder;

    Installation(Path folder) {
        this.folder = folder;
    }

    StockhubSettings load(String yaml) {
        try {
            Files.writeString(folder.resolve("stockhub.yaml"), yaml);
        } catch (IOException why) {
            throw new AssertionError(why);
        }
        arguments.put("stockhub.config", folder.toString());
        return loadWithoutFile();
    }

    StockhubSettings loadWithoutFile() {
        StandardEnvironment environment = new StandardEnvironment();
        Map<String, Object> inherited = Map.copyOf(variables);
        environment
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", inherited));
        environment.getPropertySources().addFirst(new MapPropertySource("arguments", arguments));
        return new SettingsLoader(variables::get).load(environment);
    }

    List<String> problems(String yaml) {
        return catchThrowableOfType(SettingsException.class, () -> load(yaml)).problems();
    }

    /** How a problem in a line of the file begins. */
    String at(int line) {
        return folder.resolve("stockhub.yaml") + ", line " + line + ": ";
    }
}
