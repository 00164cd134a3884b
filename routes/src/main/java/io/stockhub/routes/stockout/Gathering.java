package io.stockhub.routes.stockout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Writes what several callers have at once in one go: whoever comes while one is writing goes with the next. */
final class Gathering<T> {
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final Lock writing = new ReentrantLock();
    private final Consumer<List<T>> write;

    /** @param write must not throw: it would say so to another than the one whose items they are */
    Gathering(Consumer<List<T>> write) {
        this.write = write;
    }

    /** Returns when the items are written, by this caller or another. */
    void add(Collection<T> items) {
        waiting.addAll(items);
        writing.lock();
        try {
            List<T> all = new ArrayList<>();
            for (T item = waiting.poll(); item != null; item = waiting.poll()) {
                all.add(item);
            }
            if (!all.isEmpty()) {
                write.accept(all);
            }
        } finally {
            writing.unlock();
        }
    }
}
