package io.stockhub.app;

import io.stockhub.routes.Inbox;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The inbox: remembers what it was asked and answers what a test tells it to. */
public final class FakeInbox implements Inbox {
    public static final NotDone NOTHING = new NotDone(0, 0, 0, 0, 0, 0, 0, 0, null);

    public final List<List<Object>> asked = new CopyOnWriteArrayList<>();
    public final List<Message> messages = new CopyOnWriteArrayList<>();
    public final List<Life> lives = new CopyOnWriteArrayList<>();
    public volatile Totals totals = new Totals(0, NOTHING);
    public volatile boolean broken;
    /** Happens while it counts or looks. */
    public volatile Runnable meanwhile = () -> {};

    public void reset() {
        asked.clear();
        messages.clear();
        lives.clear();
        totals = new Totals(0, NOTHING);
        broken = false;
        meanwhile = () -> {};
    }

    @Override
    public NotDone notDone() {
        note("notDone");
        return totals.notDone();
    }

    @Override
    public Totals totals() {
        note("totals");
        return totals;
    }

    private void note(Object... what) {
        asked.add(List.of(what));
        meanwhile.run();
        if (broken) {
            throw new IllegalStateException("no database");
        }
    }

    @Override
    public List<Message> messages(Filter filter, long after, int limit) {
        note(filter, after, limit);
        return messages.stream()
                .filter(message -> message.id() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Life> life(long id) {
        return lives.stream().filter(life -> life.message().id() == id).findFirst();
    }

    @Override
    public List<Message> search(String text, Long before, int limit) {
        note("search", text, before == null ? "-" : before, limit);
        return messages.stream()
                .filter(message -> message.lane().equals(text))
                .limit(limit)
                .toList();
    }
}
