package io.stockhub.connectors.camel;

import io.stockhub.connectors.Account;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Manifest.Setting;
import io.stockhub.connectors.folder.ConnectorFolder;
import io.stockhub.mapping.Mappings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks an account against what its connector asks for. Values of secrets are never shown. */
final class AccountCheck {

    private static final Pattern MAPPING = Pattern.compile("(?m)^\\s*uri:\\s*[\"']?mapping:([^\\s\"'?]+)");

    private final Account account;
    private final Manifest manifest;
    private final List<String> problems = new ArrayList<>();

    private AccountCheck(Account account, Manifest manifest) {
        this.account = account;
        this.manifest = manifest;
    }

    /** @throws IllegalArgumentException with all problems, one a line */
    static void check(Account account, ConnectorFolder folder, Mappings mappings) {
        Manifest manifest = folder.manifest();
        AccountCheck check = new AccountCheck(account, manifest);
        check.address("baseUrl", account.baseUrl());
        if (manifest.authentication().fetchesTokens()) {
            check.address("tokenUrl", account.tokenUrl());
        }
        manifest.settings().forEach(check::setting);
        check.unknown("settings", account.settings().keySet(), false);
        check.unknown("secrets", account.secrets().keySet(), true);
        check.mappings(folder, mappings);
        if (!check.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", check.problems));
        }
    }

    private void address(String field, @Nullable URI uri) {
        if (uri == null) {
            problem(field, "missing (expected: where connector " + manifest.id() + " fetches its access tokens)");
            return;
        }
        boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        // User info would be a secret in every log line that names the address.
        boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        if (!web || uri.getHost() == null || !plain || !uri.equals(uri.normalize())) {
            String shown = uri.getRawUserInfo() == null ? "\"" + uri + "\"" : "with user info";
            problem(field, shown + " (expected: http or https address of host and path, nothing else)");
        }
    }

    private void setting(Setting setting) {
        String group = setting.secret() ? "secrets" : "settings";
        String field = group + "." + setting.name();
        boolean secretInTheOpen = setting.secret() && account.settings().containsKey(setting.name());
        if (secretInTheOpen) {
            problem("settings." + setting.name(), "is a secret (expected: under secrets)");
            return;
        }
        String value =
                setting.secret() ? secret(setting.name()) : account.settings().get(setting.name());
        if (value == null || value.isBlank()) {
            if (setting.required()) {
                problem(field, "missing (expected: " + setting.description() + ")");
            }
            return;
        }
        String shown = setting.secret() ? "the value" : "\"" + value + "\"";
        if (setting.pattern() != null && !value.matches(setting.pattern())) {
            problem(field, shown + " (expected: matches " + setting.pattern() + ")");
        }
        if (!setting.allowed().isEmpty() && !setting.allowed().contains(value)) {
            problem(field, shown + " (expected: one of " + String.join(", ", setting.allowed()) + ")");
        }
    }

    private void unknown(String group, Set<String> given, boolean secret) {
        Set<String> known = manifest.settings().stream()
                .filter(setting -> setting.secret() == secret)
                .map(Setting::name)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : new TreeSet<>(given)) {
            boolean reportedAbove =
                    manifest.settings().stream().anyMatch(s -> s.name().equals(name) && s.secret() && !secret);
            if (!known.contains(name) && !reportedAbove) {
                String expected = known.isEmpty() ? "none" : "one of " + String.join(", ", known);
                problem(group + "." + name, "unknown (expected: " + expected + ")");
            }
        }
    }

    private void mappings(ConnectorFolder folder, Mappings mappings) {
        Set<String> needed = new TreeSet<>();
        folder.kamelets()
                .forEach(kamelet ->
                        MAPPING.matcher(kamelet.text()).results().forEach(found -> needed.add(found.group(1))));
        if (manifest.webhook() != null) {
            manifest.webhook().topics().values().forEach(action -> needed.add(manifest.id() + "/" + action));
        }
        needed.stream()
                .filter(name -> !mappings.exists(name))
                .forEach(name -> problem("connector", "needs mapping " + name + ", which is not there"));
    }

    private @Nullable String secret(String name) {
        var secret = account.secrets().get(name);
        return secret == null ? null : secret.reveal();
    }

    private void problem(String field, String text) {
        problems.add("accounts." + account.id() + "." + field + ": " + text);
    }
}
