package io.stockhub.connectors.camel;

import io.stockhub.connectors.folder.ConnectorFolder;
import io.stockhub.connectors.folder.FolderFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Puts the kit's and the connectors' Kamelets into Camel, and one set of routes for each account. */
final class AccountRoutes {

    private static final List<String> KIT = List.of("account.camel.yaml", "stockhub-call-action.kamelet.yaml");
    private static final String ACTION_TEMPLATE = "stockhub-account-action";
    private static final String TOKEN_TEMPLATE = "stockhub-account-token";

    private final CamelContext camel;

    AccountRoutes(CamelContext camel) {
        this.camel = camel;
    }

    /** The kit's own steps, Kamelets and route templates. */
    void loadKit(MappingComponent mapping) {
        camel.addComponent(MappingComponent.SCHEME, mapping);
        Processor prepare = CallSteps::prepare;
        Processor judge = CallSteps::judge;
        camel.getRegistry().bind(CallSteps.PREPARE, Processor.class, prepare);
        camel.getRegistry().bind(CallSteps.JUDGE, Processor.class, judge);
        for (String name : KIT) {
            load("classpath:connectors/kit/" + name, name, kitText(name));
        }
    }

    /** @throws IllegalArgumentException naming the file that Camel cannot read */
    void load(ConnectorFolder folder) {
        for (FolderFile kamelet : folder.kamelets()) {
            load(kamelet.location(), kamelet.name(), kamelet.text());
        }
    }

    /** @throws IllegalStateException when Camel refuses a route */
    void add(AccountCalls calls) {
        String account = calls.account.id();
        int inFlight = calls.manifest.limits().maxInFlight();
        bindClient(
                "stockhub-http-" + account,
                new AccountHttpClient(
                        calls.account.timing().timeout(),
                        inFlight,
                        request -> calls.credentials.sign(request, calls.tokens)));
        if (calls.tokens != null) {
            bindClient(
                    "stockhub-token-http-" + account,
                    new AccountHttpClient(calls.account.timing().timeout(), 1, calls.credentials::signTokenCall));
            route(TOKEN_TEMPLATE, calls.manifest.id() + "-token@" + account)
                    .parameter("account", account)
                    .add();
        }
        for (String action : calls.manifest.actions().keySet()) {
            route(ACTION_TEMPLATE, calls.manifest.id() + "-" + action + "@" + account)
                    .parameter("account", account)
                    .parameter("action", action)
                    .parameter("kamelet", ConnectorFolder.kameletOf(calls.manifest.id(), action))
                    .add();
        }
    }

    private void bindClient(String name, AccountHttpClient client) {
        camel.getRegistry().bind(name, client);
    }

    private TemplatedRouteBuilder route(String template, String id) {
        return TemplatedRouteBuilder.builder(camel, template).routeId(id);
    }

    private void load(String location, String name, String text) {
        try {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(name, text));
        } catch (Exception e) {
            throw new IllegalArgumentException(location + ": " + e.getMessage(), e);
        }
    }

    private static String kitText(String name) {
        try (InputStream in = AccountRoutes.class.getResourceAsStream("/connectors/kit/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
