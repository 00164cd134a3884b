package io.stockhub.connectors.camel;

import io.stockhub.connectors.Account;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Connectors;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.ListedQuantity;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Manifest.Action;
import io.stockhub.connectors.OrdersPage;
import io.stockhub.connectors.QuantityResult;
import io.stockhub.connectors.QuantityUpdate;
import io.stockhub.connectors.WebhookCheck;
import io.stockhub.connectors.failure.CallKind;
import io.stockhub.connectors.failure.Codes;
import io.stockhub.connectors.folder.ConnectorFolder;
import io.stockhub.connectors.folder.ConnectorFolders;
import io.stockhub.connectors.guard.AccountState;
import io.stockhub.connectors.webhook.WebhookVerifier;
import io.stockhub.mapping.Mappings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front door on Camel: for each account and action a route {@code direct:<action>@<account>} that leads to the
 * Kamelet {@code <connector>-<action>-action} of the connector's folder. Thread-safe. It starts no threads and needs
 * no closing: its routes and HTTP clients end with the Camel context.
 */
public final class CamelConnectors implements Connectors {

    private static final Logger LOG = LoggerFactory.getLogger(CamelConnectors.class);

    private final CamelContext camel;
    private final Mappings mappings;
    private final ProducerTemplate producer;
    private final ConnectorFolders folders;
    private final AccountRoutes routes;
    private final Clock clock;
    private final Map<String, AccountCalls> accounts = new ConcurrentHashMap<>();

    /**
     * Loads the kit and the Kamelets of all folders into the context, which may be started before or after.
     *
     * @param clock for dates in answers only; durations are measured on the monotonic clock
     * @throws IllegalArgumentException naming the file that Camel cannot read
     */
    public CamelConnectors(CamelContext camel, Mappings mappings, ConnectorFolders folders, Clock clock) {
        this.camel = camel;
        this.mappings = mappings;
        this.producer = camel.createProducerTemplate();
        this.folders = folders;
        this.clock = clock;
        this.routes = new AccountRoutes(camel);
        routes.loadKit(new MappingComponent(mappings));
        folders.all().forEach(routes::load);
    }

    /**
     * Checks an account against its connector and adds its routes.
     *
     * @throws IllegalArgumentException with all problems, one a line, e.g. {@code accounts.a.settings.sellerId: missing
     *     (expected: ...)}; nothing was added
     */
    public synchronized void addAccount(Account account) {
        ConnectorFolder folder = folders.get(account.connector());
        if (accounts.containsKey(account.id())) {
            throw new IllegalArgumentException("accounts." + account.id() + ": is there already");
        }
        AccountCheck.check(account, folder, mappings);
        AccountCalls calls = new AccountCalls(account, folder.manifest(), clock, producer);
        routes.add(calls);
        accounts.put(account.id(), calls);
    }

    /**
     * How an account is doing.
     *
     * @throws IllegalArgumentException when it was not added
     */
    public AccountState state(String account) {
        AccountCalls calls = accounts.get(account);
        if (calls == null) {
            throw new IllegalArgumentException("account: \"" + account + "\" (expected: one that was added)");
        }
        return calls.guard.state();
    }

    @Override
    public Manifest manifest(String connector) {
        return folders.get(connector).manifest();
    }

    @Override
    public List<Manifest> all() {
        return folders.all().stream().map(ConnectorFolder::manifest).toList();
    }

    @Override
    public OrdersPage ordersPage(Account a, Instant since, Instant until, @Nullable String cursor, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
        }
        AccountCalls calls = calls(a);
        int size = Math.min(limit, calls.manifest.limits().ordersPerPage());
        OrdersPage page = call(
                calls,
                Manifest.ORDERS_PAGE,
                Documents.ordersPage(calls.account, since, until, cursor, size),
                Documents::ordersPage);
        if (page.next() != null && page.next().equals(cursor)) {
            // A page that leads to itself would be read for ever; what it held is here, so it is the last one.
            LOG.atWarn().addKeyValue("account", a.id()).log("orders page leads to itself, taken as the last one");
            return new OrdersPage(page.orders(), null);
        }
        return page;
    }

    @Override
    public List<QuantityResult> setQuantities(Account a, List<QuantityUpdate> items, String idempotencyKey) {
        AccountCalls calls = calls(a);
        checkBatch(calls.manifest, items);
        if (items.isEmpty()) {
            return List.of();
        }
        List<QuantityResult> results = call(
                calls,
                Manifest.SET_QUANTITIES,
                Documents.setQuantities(calls.account, items, idempotencyKey),
                json -> QuantityAnswers.match(items, json, calls.redactor));
        QuantityAnswers.pause(results).ifPresent(wait -> calls.guard.pause(Manifest.SET_QUANTITIES, wait));
        return results;
    }

    @Override
    public List<ListedQuantity> readQuantities(Account a, List<String> channelSkus) {
        AccountCalls calls = calls(a);
        int size = calls.manifest.limits().readBatchSize();
        List<ListedQuantity> listed = new ArrayList<>();
        for (int from = 0; from < channelSkus.size(); from += size) {
            List<String> batch = channelSkus.subList(from, Math.min(from + size, channelSkus.size()));
            listed.addAll(call(
                    calls,
                    Manifest.READ_QUANTITIES,
                    Documents.readQuantities(calls.account, batch),
                    Documents::listed));
        }
        return List.copyOf(listed);
    }

    @Override
    public WebhookCheck verifyWebhook(Account a, Map<String, String> headersLowerCase, byte[] rawBody) {
        AccountCalls calls = calls(a);
        return WebhookVerifier.verify(calls.account, calls.manifest.webhook(), headersLowerCase, rawBody);
    }

    private <T> T call(AccountCalls calls, String action, String input, Function<String, T> reader) {
        Action declared = calls.manifest
                .action(action)
                .orElseThrow(() -> new IllegalArgumentException(
                        "connector " + calls.manifest.id() + " has no action " + action + " (expected: one of "
                                + calls.manifest.actions().keySet() + ")"));
        CallState state = new CallState(calls, action, CallKind.of(declared), input);
        return calls.guard.call(action, () -> send(state, reader));
    }

    private <T> T send(CallState state, Function<String, T> reader) {
        try {
            // Not block: a route that has been stopped is no reason to wait for another start.
            Exchange done = producer.send(
                    "direct:" + state.action + "@" + state.calls.account.id() + "?block=false",
                    ExchangePattern.InOut,
                    exchange -> {
                        exchange.setProperty(CallState.PROPERTY, state);
                        exchange.getMessage().setBody(state.input);
                    });
            if (done.getException() != null) {
                throw Failures.of(state.calls, state.kind, done.getException());
            }
            return reader.apply(done.getMessage().getBody(String.class));
        } catch (CallFailure e) {
            throw stopping(e);
        } catch (RuntimeException e) {
            throw stopping(Failures.of(state.calls, state.kind, e));
        }
    }

    // Camel says no in many ways while it stops; to the message it means: later.
    private CallFailure stopping(CallFailure failure) {
        boolean ours = failure.failure().code().equals(Codes.BUG);
        if (!ours || camel.getStatus().isStarted()) {
            return failure;
        }
        return new CallFailure(new Failure(
                Failure.Kind.TRANSIENT, Failure.Stage.SEND, Codes.STOPPING, "the hub is stopping or not up yet", null));
    }

    private AccountCalls calls(Account account) {
        AccountCalls calls = accounts.get(account.id());
        if (calls == null || !Objects.equals(calls.account, account)) {
            throw new IllegalArgumentException(
                    "account: \"" + account.id() + "\" was not added as it is (expected: addAccount before)");
        }
        return calls;
    }

    private static void checkBatch(Manifest manifest, List<QuantityUpdate> items) {
        int most = manifest.limits().batchSize();
        if (items.size() > most) {
            throw new IllegalArgumentException(
                    "items: " + items.size() + " (expected: <= " + most + ", the batchSize of " + manifest.id() + ")");
        }
        Set<String> seen = new HashSet<>();
        for (QuantityUpdate item : items) {
            if (!seen.add(item.sku())) {
                throw new IllegalArgumentException("items: SKU \"" + item.sku() + "\" twice (expected: once)");
            }
        }
    }
}
