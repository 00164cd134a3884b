package io.stockhub.connectors.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.connectors.Account;
import io.stockhub.connectors.Secret;
import io.stockhub.connectors.folder.ConnectorFolders;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountCheckTest {

    private final Harness harness = new Harness().simpleMappings("fakeshop");

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void anAccountWithFaultsIsRefusedWithAllOfThem() {
        Account bad = new Account(
                "eu",
                "fakeshop",
                URI.create("ftp://user:canary-secret-of-x@host/a?b=c"),
                null,
                Map.of("shop", "NOT ALLOWED", "clientSecret", "canary-secret-of-y", "shopp", "x"),
                Map.of("clientId", Secret.of(""), "huh", Secret.of("z")),
                harness.account("fakeshop").timing());

        assertThatThrownBy(() -> harness.connectors.addAccount(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(
                        "accounts.eu.baseUrl: with user info (expected: http or https",
                        "accounts.eu.tokenUrl: missing (expected: where connector fakeshop",
                        "accounts.eu.settings.shop: \"NOT ALLOWED\" (expected: matches [a-z]+)",
                        "accounts.eu.settings.shopp: unknown (expected: one of shop)",
                        "accounts.eu.settings.clientSecret: is a secret (expected: under secrets)",
                        "accounts.eu.secrets.clientId: missing (expected: Client id.)",
                        "accounts.eu.secrets.huh: unknown")
                .doesNotContain("canary");
    }

    @Test
    void anUnknownConnectorNamesThoseThatThereAre() {
        assertThatThrownBy(() -> harness.connectors.manifest("nope"))
                .hasMessageContaining("\"nope\" (expected: one of amazon, ebay, fakeshop, shopify, walmart)");
        assertThat(ConnectorFolders.load(List.of("classpath:connectors")).all()).hasSize(5);
    }
}
