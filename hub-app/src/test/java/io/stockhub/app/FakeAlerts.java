package io.stockhub.app;

import io.stockhub.routes.Alerts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Alerts as a test says them. */
public final class FakeAlerts implements Alerts {
    public final List<Alert> known = new CopyOnWriteArrayList<>();
    public final List<Receiver> receivers = new CopyOnWriteArrayList<>();
    public final List<String> asked = new CopyOnWriteArrayList<>();

    public void reset() {
        known.clear();
        receivers.clear();
        asked.clear();
    }

    @Override
    public List<Alert> list(@Nullable Boolean open, @Nullable Long before, int limit) {
        asked.add("list " + open + " " + before + " " + limit);
        return known.stream().limit(limit).toList();
    }

    @Override
    public Figures figures() {
        return new Figures(1, 2, 30L, 0L, null, 4);
    }

    @Override
    public Optional<Alert> acknowledge(long id, String by) {
        asked.add("acknowledge " + id + " " + by);
        return known.stream().filter(alert -> alert.id() == id).findFirst();
    }

    @Override
    public List<Receiver> receivers() {
        return receivers;
    }

    @Override
    public String test(String by) {
        asked.add("test " + by);
        return receivers.isEmpty() ? "" : "msg_7";
    }
}
