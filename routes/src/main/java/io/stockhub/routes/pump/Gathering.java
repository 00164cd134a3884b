package io.stockhub.routes.pump;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes what several callers have at once in one go: whoever comes while one is writing goes with the next. Alone, a
 * caller waits for nobody.
 */
public final class Gathering<T> {
    private record Part<T>(Collection<T> items, CompletableFuture<Void> written) {}

    private final Queue<Part<T>> waiting = new ConcurrentLinkedQueue<>();
    private final Lock writing = new ReentrantLock();
    private final Consumer<List<T>> write;

    /** @param write writes all or nothing */
    public Gathering(Consumer<List<T>> write) {
        this.write = write;
    }

    /** Returns when the items are written, by this caller or another; throws what writing them threw. */
    public void add(Collection<T> items) {
        Part<T> part = new Part<>(items, new CompletableFuture<>());
        waiting.add(part);
        writing.lock();
        try {
            if (!part.written().isDone()) {
                writeAll();
            }
        } finally {
            writing.unlock();
        }
        try {
            part.written().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void writeAll() {
        List<Part<T>> parts = new ArrayList<>();
        for (Part<T> part = waiting.poll(); part != null; part = waiting.poll()) {
            parts.add(part);
        }
        try {
            write.accept(parts.stream().flatMap(part -> part.items().stream()).toList());
            parts.forEach(part -> part.written().complete(null));
        } catch (RuntimeException | Error e) {
            parts.forEach(part -> part.written().completeExceptionally(e));
        }
    }
}
