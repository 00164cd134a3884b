package io.stockhub.routes.subscriptions;

import io.stockhub.connectors.Secret;
import io.stockhub.connectors.outbound.GuardedHttp;
import io.stockhub.routes.Subscriptions;
import io.stockhub.routes.events.CloudEvents;
import io.stockhub.routes.events.Event;
import io.stockhub.routes.events.EventFeed;
import io.stockhub.routes.events.EventPublisher;
import io.stockhub.routes.outbound.DeliveryStore;
import io.stockhub.routes.outbound.Message;
import io.stockhub.routes.outbound.Receiver;
import io.stockhub.routes.outbound.WebhookReceiver;
import io.stockhub.routes.subscriptions.SubscriptionStore.Sending;
import io.stockhub.routes.subscriptions.SubscriptionStore.Wanted;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends each subscriber what it asked for: events become deliveries by the subscriber's own cursor, and deliveries are made
 * one after another for each subject. Who is down keeps its events, at most a thousand of them as deliveries; nobody else
 * waits for it.
 */
public final class SubscriptionDesk implements Subscriptions {
    private static final String PREFIX = "subscription/";
    private static final String SOURCE = "/stockhub";
    private static final String TEST = "stockhub.subscription.test";
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
    private static final Duration OLD_SECRET_KEPT = Duration.ofDays(1);

    /** Before its oldest message is given up, so that none is lost. */
    private static final Duration OFF_AFTER = Duration.ofDays(2);

    private static final int BATCH = 200;
    private static final int WAITING_MAX = 1_000;
    private static final int ID_BYTES = 16;

    private final SubscriptionStore store;
    private final DeliveryStore deliveries;
    private final EventFeed feed;
    private final GuardedHttp http;
    private final SecretKey key;
    private final InstantSource clock;
    private final Runnable wakeDeliverer;
    private final Map<Long, EventPublisher> publishers = new HashMap<>();
    private final Map<Long, Long> seen = new HashMap<>();

    public SubscriptionDesk(
            JdbcClient jdbc,
            EventFeed feed,
            GuardedHttp http,
            SecretKey key,
            InstantSource clock,
            Runnable wakeDeliverer) {
        this.store = new SubscriptionStore(jdbc);
        this.deliveries = new DeliveryStore(jdbc);
        this.feed = feed;
        this.http = http;
        this.key = key;
        this.clock = clock;
        this.wakeDeliverer = wakeDeliverer;
    }

    static String target(long id) {
        return PREFIX + id;
    }

    @Override
    public List<String> types() {
        return Arrays.stream(Event.Type.values()).map(Event.Type::code).toList();
    }

    @Override
    public WithSecret create(String url, List<String> types, String by) {
        try {
            http.check(URI.create(url));
        } catch (IOException refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
        String salt = UUID.randomUUID().toString();
        long id = store.create(url, types, salt, key.id(), by);
        feed.register(target(id));
        return withSecret(id, salt).orElseThrow();
    }

    private Optional<WithSecret> withSecret(long id, String salt) {
        return store.find(id).map(one -> new WithSecret(one, key.secret(salt).reveal()));
    }

    @Override
    public List<Subscription> list() {
        return store.list();
    }

    @Override
    public boolean delete(long id) {
        boolean known = store.find(id).isPresent();
        store.delete(id);
        return known;
    }

    @Override
    public Optional<String> test(long id) {
        return store.find(id).map(one -> {
            String message = "msg_" + UUID.randomUUID().toString().replace("-", "");
            String body = "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"%s\",\"type\":\"%s\",\"time\":\"%s\"}"
                    .formatted(message, SOURCE, TEST, clock.instant());
            deliveries.add(List.of(new Message(target(id), "test " + message, message, TEST, body)));
            wakeDeliverer.run();
            return message;
        });
    }

    @Override
    public Optional<WithSecret> rotate(long id) {
        String salt = UUID.randomUUID().toString();
        boolean sameKey = store.sending(id)
                .map(sending -> sending.keyId().equals(key.id()))
                .orElse(false);
        store.rotate(id, salt, key.id(), sameKey ? OLD_SECRET_KEPT : Duration.ZERO);
        return withSecret(id, salt);
    }

    @Override
    public Optional<Subscription> resume(long id) {
        store.resume(id);
        deliveries.hurry(target(id));
        wakeDeliverer.run();
        return store.find(id);
    }

    /** One step of the pump: events become deliveries. */
    public Duration step() {
        Duration pause = IDLE;
        List<Wanted> on = store.on();
        for (Wanted one : on) {
            if (stepOf(one).isZero()) {
                pause = Duration.ZERO;
            }
        }
        publishers.keySet().retainAll(on.stream().map(Wanted::id).toList());
        return pause;
    }

    private Duration stepOf(Wanted one) {
        String target = target(one.id());
        long now = System.nanoTime();
        Long before = seen.get(one.id());
        if (before == null || now - before > SEEN_EVERY.toNanos()) {
            feed.register(target);
            seen.put(one.id(), now);
        }
        if (deliveries.waiting(target) >= WAITING_MAX) {
            return IDLE;
        }
        return publishers
                .computeIfAbsent(
                        one.id(), id -> new EventPublisher(feed, target, events -> keep(one, events), BATCH, LEASE))
                .step();
    }

    private void keep(Wanted one, List<Event> events) {
        List<Message> messages = new ArrayList<>();
        for (Event event : events) {
            if (one.types().isEmpty() || one.types().contains(event.type().code())) {
                messages.add(new Message(
                        target(one.id()),
                        event.key(),
                        messageId(event.id()),
                        "io.stockhub." + event.type().code(),
                        new String(CloudEvents.json(event, SOURCE), StandardCharsets.UTF_8)));
            }
        }
        deliveries.add(messages);
        if (!messages.isEmpty()) {
            wakeDeliverer.run();
        }
    }

    /** Of an event always the same, in characters that a header and a signature take. */
    private static String messageId(String event) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(event.getBytes(StandardCharsets.UTF_8));
            return "msg_" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The receiver behind a target; empty when it is none of ours, or is off. */
    public Optional<Receiver> receiver(String target) {
        if (!target.startsWith(PREFIX)) {
            return Optional.empty();
        }
        long id = Long.parseLong(target.substring(PREFIX.length()));
        return store.sending(id).map(sending -> message -> send(id, sending, message));
    }

    private Receiver.Outcome send(long id, Sending sending, Message message) {
        if (!sending.keyId().equals(key.id())) {
            return failed(id, sending, "the key of which its secret was made is not here; rotate its secret", false);
        }
        List<Secret> secrets = new ArrayList<>();
        secrets.add(key.secret(sending.salt()));
        if (sending.saltBefore() != null) {
            secrets.add(key.secret(sending.saltBefore()));
        }
        Receiver webhook =
                new WebhookReceiver(http, URI.create(sending.url()), secrets, CloudEvents.CONTENT_TYPE, clock);
        Receiver.Outcome outcome = webhook.send(message);
        return switch (outcome) {
            case Receiver.Outcome.Arrived arrived -> {
                store.arrived(id);
                yield arrived;
            }
            case Receiver.Outcome.Gone gone -> failed(id, sending, gone.why(), true);
            case Receiver.Outcome.Failed failed -> {
                failed(id, sending, failed.why(), false);
                yield failed;
            }
        };
    }

    /** What waits stays, for when somebody resumes it. */
    private Receiver.Outcome failed(long id, Sending sending, String why, boolean gone) {
        store.failed(id, why);
        Duration failing = sending.failingFor();
        if (gone || failing != null && failing.compareTo(OFF_AFTER) > 0) {
            store.off(id, why);
        }
        return new Receiver.Outcome.Failed(why, null);
    }
}
