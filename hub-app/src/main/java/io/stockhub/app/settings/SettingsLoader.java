package io.stockhub.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;

/** From a file and its overrides to settings that are right, or to one message that names everything that is not. */
public final class SettingsLoader {
    /** Property: the folder that holds {@code stockhub.yaml}; absent when all is given the Spring way. */
    public static final String CONFIG = "stockhub.config";
    /** Property: the folder for everything that the hub keeps on disk. */
    public static final String DATA = "stockhub.data";
    /** Property: true in the demo alone. No file can say it. */
    public static final String DEMO = "stockhub.demo";

    private final UnaryOperator<@Nullable String> variables;

    /** @param variables the environment variables that {@code env:NAME} refers to */
    public SettingsLoader(UnaryOperator<@Nullable String> variables) {
        this.variables = variables;
    }

    /** @throws SettingsException when anything is wrong */
    public StockhubSettings load(ConfigurableEnvironment environment) {
        Schema schema = Schema.load();
        ConfigurationPropertySources.attach(environment);
        String directory = environment.getProperty(CONFIG);
        Draft.Group draft = directory == null || directory.isBlank()
                ? new Draft.Group("settings")
                : ConfigFile.read(Path.of(directory));
        new Overrides(environment, schema).layOver(draft);
        JsonNode settings = new Typed(schema).of(draft);
        List<String> problems = new SchemaCheck(schema, draft).problems(settings);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return read(environment, draft, settings);
    }

    private StockhubSettings read(ConfigurableEnvironment environment, Draft draft, JsonNode settings) {
        boolean demo = environment.getProperty(DEMO, Boolean.class, false);
        Path data = Path.of(environment.getProperty(DATA, "data"));
        Findings findings = new Findings(draft);
        SecretReferences secrets = new SecretReferences(variables, demo, findings);
        StockhubSettings read = new SettingsReader(secrets, findings).read(settings, data, demo);
        new Consistency(findings).check(read);
        findings.throwIfAny();
        return read;
    }
}
