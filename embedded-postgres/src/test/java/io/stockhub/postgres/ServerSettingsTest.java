package io.stockhub.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.postgres.EmbeddedPostgres.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {
    private static final Settings SETTINGS = Settings.in(Path.of("data", "pg"));

    @ParameterizedTest
    @CsvSource({
        "fsync, off",
        "FSYNC, false",
        "full_page_writes, off",
        "synchronous_commit, local",
        "listen_addresses, *",
        "Port, 5432",
        "a b, 1",
        "work_mem, 4MB\"",
        "work_mem, 4MB\\"
    })
    void settingsThatWouldLoseRowsOpenTheServerOrBreakTheCommandAreRefused(String name, String value) {
        assertThatThrownBy(() -> SETTINGS.withServerSettings(Map.of(name, value)))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("serverSettings." + name)
                .hasMessageContaining("expected: ");
    }

    @Test
    void aQuoteInAValueIsRefused() {
        assertThatThrownBy(() -> SETTINGS.withServerSettings(Map.of("work_mem", "4MB' -c fsync='off")))
                .isInstanceOf(EmbeddedPostgresException.class);
    }

    @Test
    void theChoiceOfTheCallerReplacesTheDefaultWhateverItsCase() {
        assertThat(ServerSettings.complete(5432, Map.of("Shared_Buffers", "16MB")))
                .containsEntry("shared_buffers", "16MB")
                .containsEntry("fsync", "on")
                .containsEntry("port", "5432");
    }

    @Test
    void aPortOutOfRangeIsRefused() {
        assertThatThrownBy(() -> SETTINGS.withPort(65536)).hasMessage("port: 65536 (expected: 0 to 65535)");
    }
}
