package io.stockhub.connectors.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.folder.ConnectorFolder;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the files of every connector folder keep. */
class FolderContractTest extends Contract {

    @ParameterizedTest
    @MethodSource("connectors")
    void everyKameletLoadsAndIsOfTheCanonicalForm(String connector) {
        ConnectorFolder folder = harness.folders.get(connector);

        assertThat(folder.kamelets()).isNotEmpty().allSatisfy(file -> {
            assertThat(CanonicalForm.problems(file.text())).as(file.location()).isEmpty();
            assertThat(harness.camel.getRouteTemplateDefinition(file.name().replace(".kamelet.yaml", "")))
                    .isNotNull();
        });
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void theReadmeNamesEverySettingAndTheQuirksSayWhyTheyMatter(String connector) throws IOException {
        String readme = resource("/connectors/" + connector + "/README.md");
        String quirks = resource("/connectors/" + connector + "/QUIRKS.md");

        assertThat(harness.connectors.manifest(connector).settings()).allSatisfy(setting -> assertThat(readme)
                .contains("| `" + setting.name() + "` | " + (setting.secret() ? "secrets" : "settings")));
        assertThat(quirks.split("\\n\\d+\\. "))
                .hasSizeGreaterThan(1)
                .filteredOn(part -> !part.startsWith("#"))
                .allMatch(part -> part.contains("*Why this matters:*"));
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void everySecretIsMarked(String connector) {
        assertThat(harness.connectors.manifest(connector).settings())
                .filteredOn(setting -> setting.name().toLowerCase().matches(".*(secret|token|password|key).*"))
                .isNotEmpty()
                .allMatch(Manifest.Setting::secret);
    }
}
