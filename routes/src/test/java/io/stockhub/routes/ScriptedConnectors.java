package io.stockhub.routes;

import io.stockhub.connectors.Account;
import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Connectors;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.ListedQuantity;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.OrdersPage;
import io.stockhub.connectors.QuantityResult;
import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.connectors.QuantityUpdate;
import io.stockhub.connectors.RawOrder;
import io.stockhub.connectors.WebhookCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A channel that does what a channel does, except where a test says otherwise. Scripts may call the hub again. */
final class ScriptedConnectors implements Connectors {

    /** A call that tells quantities. */
    record Told(List<QuantityUpdate> items, String key) {
        List<String> skus() {
            return items.stream().map(QuantityUpdate::sku).toList();
        }

        long quantity(String sku) {
            return items.stream()
                    .filter(item -> item.sku().equals(sku))
                    .findFirst()
                    .orElseThrow()
                    .quantity();
        }
    }

    /** A call that reads orders. */
    record Asked(Instant since, Instant until, @Nullable String cursor, int limit) {}

    /** What the channel shows, by its SKU. */
    final Map<String, Long> shows = new ConcurrentSkipListMap<>();

    /** Units that it says it has set aside, by its SKU. */
    final Map<String, Long> setAside = new ConcurrentSkipListMap<>();

    /** Its own ids of items, by its SKU, where they are not the usual. */
    final Map<String, String> items = new ConcurrentSkipListMap<>();

    final List<RawOrder> orders = new CopyOnWriteArrayList<>();
    final List<Told> told = new CopyOnWriteArrayList<>();
    final List<List<String>> read = new CopyOnWriteArrayList<>();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Deque<Function<Told, List<QuantityResult>>> answers = new ConcurrentLinkedDeque<>();
    private final Deque<Runnable> beforeReads = new ConcurrentLinkedDeque<>();
    private final Deque<Function<Asked, OrdersPage>> pages = new ConcurrentLinkedDeque<>();
    private int batchSize = Integer.MAX_VALUE;

    static CallFailure failure(Failure.Kind kind, String code) {
        return failure(kind, code, null);
    }

    static CallFailure failure(Failure.Kind kind, String code, @Nullable Duration retryAfter) {
        return new CallFailure(new Failure(kind, Failure.Stage.SEND, code, "said the channel", retryAfter));
    }

    static QuantityResult result(String sku, Outcome outcome, @Nullable String code) {
        return new QuantityResult(sku, outcome, code, code == null ? null : "said the channel", null);
    }

    void batchSize(int size) {
        batchSize = size;
    }

    /** What the next telling call comes to, instead of the usual. */
    void next(Function<Told, List<QuantityResult>> answer) {
        answers.add(answer);
    }

    /** The next telling call fails as a whole; nothing is applied. */
    void nextFails(CallFailure failure) {
        next(call -> {
            throw failure;
        });
    }

    /** The next telling call gives every item this answer; nothing is applied. */
    void nextAnswers(Outcome outcome, @Nullable String code) {
        next(call -> call.skus().stream().map(sku -> result(sku, outcome, code)).toList());
    }

    void beforeNextRead(Runnable what) {
        beforeReads.add(what);
    }

    void nextPage(Function<Asked, OrdersPage> page) {
        pages.add(page);
    }

    /** The usual: compare where asked to, set, say so. */
    List<QuantityResult> apply(Told call) {
        List<QuantityResult> results = new ArrayList<>();
        for (QuantityUpdate item : call.items()) {
            boolean changed = item.expected() != null && !item.expected().equals(shows.get(item.sku()));
            if (!changed) {
                shows.put(item.sku(), item.quantity());
            }
            results.add(result(item.sku(), changed ? Outcome.CHANGED_MEANWHILE : Outcome.CONFIRMED, null));
        }
        return results;
    }

    @Override
    public List<QuantityResult> setQuantities(Account a, List<QuantityUpdate> items, String key) {
        if (items.isEmpty() || items.size() > batchSize) {
            throw new IllegalArgumentException("items: " + items.size() + " (expected: 1 to " + batchSize + ")");
        }
        Told call = new Told(List.copyOf(items), key);
        told.add(call);
        Function<Told, List<QuantityResult>> answer = answers.poll();
        return answer == null ? apply(call) : answer.apply(call);
    }

    @Override
    public List<ListedQuantity> readQuantities(Account a, List<String> skus) {
        read.add(List.copyOf(skus));
        if (!beforeReads.isEmpty()) {
            beforeReads.poll().run();
        }
        return skus.stream()
                .filter(shows::containsKey)
                .map(sku -> new ListedQuantity(
                        sku, items.getOrDefault(sku, "item-" + sku), shows.get(sku), setAside.get(sku)))
                .toList();
    }

    @Override
    public OrdersPage ordersPage(Account a, Instant since, Instant until, @Nullable String cursor, int limit) {
        Asked call = new Asked(since, until, cursor, limit);
        asked.add(call);
        if (!pages.isEmpty()) {
            return pages.poll().apply(call);
        }
        return page(call);
    }

    /** The usual: what changed in the span, {@code limit} at a time. */
    OrdersPage page(Asked call) {
        List<RawOrder> due = orders.stream()
                .filter(order -> !order.updatedAt().isBefore(call.since())
                        && !order.updatedAt().isAfter(call.until()))
                .toList();
        int from = call.cursor() == null ? 0 : Integer.parseInt(call.cursor());
        int to = Math.min(from + call.limit(), due.size());
        return new OrdersPage(due.subList(from, to), to < due.size() ? String.valueOf(to) : null);
    }

    @Override
    public WebhookCheck verifyWebhook(Account a, Map<String, String> headers, byte[] rawBody) {
        if (!"right".equals(headers.get("x-signature"))) {
            return new WebhookCheck.Rejected("signature differs");
        }
        String topic = headers.getOrDefault("x-topic", "orders");
        return new WebhookCheck.Accepted(headers.get("x-id"), topic, topic.equals("orders") ? "order" : null);
    }

    @Override
    public Manifest manifest(String connector) {
        throw new UnsupportedOperationException("channels carry their manifest");
    }

    @Override
    public List<Manifest> all() {
        throw new UnsupportedOperationException("channels carry their manifest");
    }
}
