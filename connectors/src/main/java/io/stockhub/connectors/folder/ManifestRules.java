package io.stockhub.connectors.folder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Manifest.Authentication;
import io.stockhub.connectors.Manifest.ErrorRule;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a manifest must keep and a schema cannot say: names that refer to each other and to files. */
final class ManifestRules {

    private static final String TOKEN_CALL = "token";

    private final Manifest manifest;
    private final String folder;
    private final Set<String> files;
    private final JsonNode root;

    ManifestRules(JsonNode root, Manifest manifest, String folder, Set<String> files) {
        this.root = root;
        this.manifest = manifest;
        this.folder = folder;
        this.files = files;
    }

    /** @param report takes the JSON pointer and the problem of each broken rule */
    void broken(BiConsumer<String, String> report) {
        folderIsNamedAsTheConnector(report);
        everyActionHasItsKamelet(report);
        requiredSettingsAreDeclared(report);
        authenticationNamesSettings(report);
        webhookSecretIsDeclared(report);
        ordersCanComeAsTheyShall(report);
        errorRulesNameWhatThereIs(report);
    }

    private void folderIsNamedAsTheConnector(BiConsumer<String, String> report) {
        if (!folder.equals(manifest.id())) {
            report.accept("/id", quoted(manifest.id()) + " (expected: the folder's name, " + quoted(folder) + ")");
        }
    }

    private void everyActionHasItsKamelet(BiConsumer<String, String> report) {
        if (manifest.actions().containsKey(TOKEN_CALL)) {
            report.accept("/actions/" + TOKEN_CALL, "is the kit's own call (expected: another name)");
        }
        for (String action : manifest.actions().keySet()) {
            String file = ConnectorFolder.kameletOf(manifest.id(), action) + ".kamelet.yaml";
            if (!files.contains(file)) {
                report.accept("/actions/" + action, "has no Kamelet (expected: " + file + " beside the manifest)");
            }
        }
        for (String file : files) {
            if (file.endsWith(".kamelet.yaml") && !file.startsWith(manifest.id() + "-")) {
                report.accept(
                        "/id",
                        "the folder holds " + file + " (expected: names that start with " + manifest.id() + "-)");
            }
        }
    }

    private void requiredSettingsAreDeclared(BiConsumer<String, String> report) {
        // A required setting that nothing declares would be demanded of every account under a name that is refused.
        JsonNode settings = root.path("settings");
        for (JsonNode name : settings.path("required")) {
            if (!settings.path("properties").has(name.asText())) {
                report.accept(
                        "/settings/required", quoted(name.asText()) + " (expected: a name under settings.properties)");
            }
        }
    }

    private void authenticationNamesSettings(BiConsumer<String, String> report) {
        Authentication auth = manifest.authentication();
        isSetting(report, "/authentication/clientId", auth.clientId(), false);
        isSetting(report, "/authentication/clientSecret", auth.clientSecret(), true);
        isSetting(report, "/authentication/refreshToken", auth.refreshToken(), true);
        isSetting(report, "/authentication/secret", auth.secret(), true);
    }

    private void webhookSecretIsDeclared(BiConsumer<String, String> report) {
        if (manifest.webhook() != null) {
            isSetting(
                    report,
                    "/webhook/signature/secret",
                    manifest.webhook().signature().secret(),
                    true);
        }
    }

    private void ordersCanComeAsTheyShall(BiConsumer<String, String> report) {
        String source = quoted(root.at("/orders/source").asText());
        if (manifest.orders().polled() && !manifest.actions().containsKey(Manifest.ORDERS_PAGE)) {
            report.accept("/orders/source", source + " (expected: with an action " + Manifest.ORDERS_PAGE + ")");
        }
        if (manifest.orders().pushed() && manifest.webhook() == null) {
            report.accept("/orders/source", source + " (expected: with a section webhook)");
        }
    }

    private void errorRulesNameWhatThereIs(BiConsumer<String, String> report) {
        List<ErrorRule> rules = manifest.errors();
        for (int i = 0; i < rules.size(); i++) {
            String action = rules.get(i).when().action();
            if (action != null
                    && !action.equals(TOKEN_CALL)
                    && !manifest.actions().containsKey(action)) {
                report.accept(
                        "/errors/" + i + "/when/action",
                        quoted(action) + " (expected: one of "
                                + manifest.actions().keySet() + " or token)");
            }
            String code = rules.get(i).code();
            if (code != null && !code.startsWith(manifest.id() + ".") && !code.startsWith("channel.")) {
                report.accept(
                        "/errors/" + i + "/code",
                        quoted(code) + " (expected: " + manifest.id() + ".reason or channel.reason)");
            }
        }
    }

    private void isSetting(BiConsumer<String, String> report, String pointer, @Nullable String name, boolean secret) {
        if (name == null) {
            return;
        }
        var setting =
                manifest.settings().stream().filter(s -> s.name().equals(name)).findFirst();
        if (setting.isEmpty()) {
            report.accept(pointer, quoted(name) + " (expected: a name under settings.properties)");
        } else if (secret && !setting.get().secret()) {
            report.accept(pointer, quoted(name) + " is not marked as a secret (expected: format: password)");
        }
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
