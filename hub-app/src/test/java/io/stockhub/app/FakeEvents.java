package io.stockhub.app;

import io.stockhub.routes.Events;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers with the consumers that a test put here, and remembers what it was asked. */
public final class FakeEvents implements Events {
    public final List<Consumer> consumers = new CopyOnWriteArrayList<>();
    public final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public List<Consumer> consumers() {
        return List.copyOf(consumers);
    }

    @Override
    public Optional<Long> rewind(String consumer, Instant since) {
        asked.add(consumer + " since " + since);
        return consumers.stream()
                .filter(known -> known.name().equals(consumer))
                .map(Consumer::cursor)
                .findFirst();
    }

    @Override
    public void tellAllStock() {
        asked.add("tell stock");
    }
}
