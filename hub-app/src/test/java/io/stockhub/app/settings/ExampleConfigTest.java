package io.stockhub.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ExampleConfigTest {
    @TempDir
    Path folder;

    private StockhubSettings load(Path directory) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("stockhub.config", directory.toString())));
        return new SettingsLoader(name ->
                        name.endsWith("_ALERT_SECRET") ? "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" : "value-of-" + name)
                .load(environment);
    }

    @Test
    void theExampleIsWrittenOnceAndNeverOverwritten() throws IOException {
        Path directory = folder.resolve("stockhub-config");
        assertThat(ExampleConfig.offer(directory)).contains("FILL IN").contains("--config");
        Files.writeString(directory.resolve("stockhub.yaml"), "mine");
        assertThat(ExampleConfig.offer(directory)).contains("was not changed");
        assertThat(directory.resolve("stockhub.yaml")).hasContent("mine");
    }

    @Test
    void theExampleIsRightAsItStands() {
        ExampleConfig.offer(folder);
        StockhubSettings settings = load(folder);
        assertThat(settings.keys()).hasSize(1);
        assertThat(settings.locations()).extracting(LocationSettings::id).containsExactly("MAIN");
        assertThat(settings.channels()).isEmpty();
        assertThat(settings.database()).isNull();
    }

    /** Every line that is commented out is a setting that exists. */
    @Test
    void theExampleIsRightWithEverythingInIt() throws IOException {
        ExampleConfig.offer(folder);
        Path file = folder.resolve("stockhub.yaml");
        String text = Files.readString(file);
        String settingsPart = text.substring(text.indexOf("# ---"));
        Files.writeString(
                file,
                settingsPart
                        .replaceAll("(?m)^#( {2,}|[a-z]+:)", "$1")
                        .replace("file:/run/secrets/dashboard-key", "env:DASHBOARD"));
        StockhubSettings settings = load(folder);
        assertThat(settings.keys()).hasSize(2);
        assertThat(settings.channels()).hasSize(1);
        assertThat(settings.channels().get(0).secrets()).containsKeys("accessToken", "webhookSecret");
        assertThat(settings.channels().get(0).timing().retryMax()).hasMinutes(15);
        assertThat(settings.database()).isNotNull();
        assertThat(settings.edi().partners()).hasSize(1);
    }
}
