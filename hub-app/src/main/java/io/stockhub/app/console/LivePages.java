package io.stockhub.app.console;

import io.stockhub.app.console.StockTable.View;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.security.core.session.SessionDestroyedEvent;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Keeps open pages up to date. Once a second it reads for all of them together, and each is sent only what changed.
 * Ends before the web server does, which would otherwise wait for pages that never finish.
 */
final class LivePages implements SmartLifecycle {
    static final int CLIENTS_MAX = 100;
    private static final Logger LOG = LoggerFactory.getLogger(LivePages.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** A page asks anew after that, and is judged anew. */
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final ConsoleReads reads;
    private final Fragments fragments;
    private final Set<LiveClient> clients = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(CLIENTS_MAX);
    private @Nullable ScheduledExecutorService ticker;
    private boolean failing;

    LivePages(ConsoleReads reads, Fragments fragments) {
        this.reads = reads;
        this.fragments = fragments;
    }

    /** A stream for one page; empty when there are too many already. */
    Optional<SseEmitter> open(View view, @Nullable String session) {
        if (!isRunning() || !places.tryAcquire()) {
            return Optional.empty();
        }
        SseEmitter emitter = new SseEmitter(LIFETIME.toMillis());
        LiveClient client = new LiveClient(view, session, emitter);
        emitter.onTimeout(client::close);
        emitter.onCompletion(client::close);
        clients.add(client);
        Thread.ofVirtual().name("live-page").start(() -> {
            try {
                client.send();
            } finally {
                clients.remove(client);
                places.release();
            }
        });
        return Optional.of(emitter);
    }

    /** Who signed out sees nothing more. */
    @EventListener
    void sessionEnded(SessionDestroyedEvent ended) {
        clients.stream().filter(client -> client.isOf(ended.getId())).forEach(LiveClient::close);
    }

    private void tick() {
        if (clients.isEmpty()) {
            return;
        }
        try {
            ConsoleReads.Overview overview = reads.overview();
            Map<View, Map<String, String>> rendered = new HashMap<>();
            for (LiveClient client : clients) {
                client.offer(rendered.computeIfAbsent(
                        client.view(), view -> fragments.render(overview, reads.table(view, overview))));
            }
            failing = false;
        } catch (RuntimeException why) {
            // Pages keep what they have; the next second may be better, and one line of log is enough.
            if (!failing) {
                LOG.atWarn().setCause(why).log("live pages cannot be read");
            }
            failing = true;
        }
    }

    @Override
    public synchronized void start() {
        ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("live-pages").factory());
        ticker.scheduleWithFixedDelay(this::tick, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (ticker != null) {
            ticker.shutdownNow();
            ticker = null;
        }
        clients.forEach(LiveClient::close);
    }

    @Override
    public synchronized boolean isRunning() {
        return ticker != null;
    }
}
