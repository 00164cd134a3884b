package io.stockhub.app.console;

import io.stockhub.app.console.StockTable.View;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open page. It sends on a thread of its own and keeps only the newest of each fragment, so a slow visitor holds
 * nobody up and costs no memory.
 */
final class LiveClient {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final View view;
    private final @Nullable String session;
    private final SseEmitter emitter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<String, String> known = new HashMap<>();
    private final Map<String, String> pending = new LinkedHashMap<>();
    private boolean closed;

    LiveClient(View view, @Nullable String session, SseEmitter emitter) {
        this.view = view;
        this.session = session;
        this.emitter = emitter;
    }

    View view() {
        return view;
    }

    boolean isOf(String sessionId) {
        return sessionId.equals(session);
    }

    /** Takes what changed since the last time; returns at once. */
    void offer(Map<String, String> fragments) {
        lock.lock();
        try {
            fragments.forEach((id, message) -> {
                if (!message.equals(known.put(id, message))) {
                    pending.put(id, message);
                }
            });
            if (!pending.isEmpty()) {
                news.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Sends until the client is closed or gone. A comment now and then finds out whether it is. */
    void send() {
        try {
            while (true) {
                List<String> messages = take();
                if (messages == null) {
                    break;
                }
                if (messages.isEmpty()) {
                    emitter.send(SseEmitter.event().comment("still here"));
                }
                for (String message : messages) {
                    emitter.send(SseEmitter.event().name("fragment").data(message));
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException gone) {
            // The web server has noticed as well and ends the request itself.
            close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            emitter.complete();
        }
    }

    /** What to send now; empty after a quiet while, null when closed. */
    private @Nullable List<String> take() throws InterruptedException {
        lock.lock();
        try {
            long left = HEARTBEAT.toNanos();
            while (pending.isEmpty() && !closed && left > 0) {
                left = news.awaitNanos(left);
            }
            if (closed) {
                return null;
            }
            List<String> messages = new ArrayList<>(pending.values());
            pending.clear();
            return messages;
        } finally {
            lock.unlock();
        }
    }
}
