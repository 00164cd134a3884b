package io.stockhub.app;

import io.stockhub.routes.Subscriptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Subscriptions that send nothing; what is private is refused. */
public final class FakeSubscriptions implements Subscriptions {
    public final List<Subscription> known = new CopyOnWriteArrayList<>();

    @Override
    public List<String> types() {
        return List.of("stock.changed", "order.changed");
    }

    @Override
    public WithSecret create(String url, List<String> types, String by) {
        if (url.contains("127.0.0.1")) {
            throw new IllegalArgumentException("127.0.0.1 is not on the public Internet");
        }
        Subscription one = new Subscription(
                7, url, types, true, null, 0, null, null, null, by, Instant.parse("2026-03-14T12:00:00Z"));
        known.add(one);
        return new WithSecret(one, "whsec_once");
    }

    @Override
    public List<Subscription> list() {
        return known;
    }

    @Override
    public boolean delete(long id) {
        return known.removeIf(one -> one.id() == id);
    }

    private Optional<Subscription> find(long id) {
        return known.stream().filter(one -> one.id() == id).findFirst();
    }

    @Override
    public Optional<String> test(long id) {
        return find(id).map(one -> "msg_8");
    }

    @Override
    public Optional<WithSecret> rotate(long id) {
        return find(id).map(one -> new WithSecret(one, "whsec_twice"));
    }

    @Override
    public Optional<Subscription> resume(long id) {
        return find(id);
    }
}
