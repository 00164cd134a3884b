package io.stockhub.routes;

import io.stockhub.connectors.Account;
import io.stockhub.connectors.Manifest;
import io.stockhub.connectors.Timing;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.failure.Backoff;
import io.stockhub.routes.reconcile.Reconciling;
import io.stockhub.stock.availability.ChannelRule;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The channel {@code shop} of the made-up system {@code acme}; pauses are hours, so that nothing happens by itself. */
record TestChannel(
        int batchSize,
        int inFlight,
        boolean comparesAndSets,
        Manifest.Orders.Source orders,
        long buffer,
        Channel.Lists lists,
        int attemptsMax,
        @Nullable String keyPointer,
        boolean lowersItsOwn,
        Duration appliedWithin,
        Reconciling reconciling) {
    static final Duration SETTLE = Duration.ofHours(1);
    static final int ORDERS_PER_PAGE = 2;

    static TestChannel plain() {
        return new TestChannel(
                10,
                1,
                false,
                Manifest.Orders.Source.POLL,
                0,
                Channel.Lists.ALL,
                3,
                "/orderRef",
                false,
                Duration.ZERO,
                Reconciling.DEFAULT);
    }

    TestChannel inBatchesOf(int size) {
        return new TestChannel(
                size,
                inFlight,
                comparesAndSets,
                orders,
                buffer,
                lists,
                attemptsMax,
                keyPointer,
                lowersItsOwn,
                appliedWithin,
                reconciling);
    }

    /** So many calls at once. */
    TestChannel with(int calls) {
        return new TestChannel(
                batchSize,
                calls,
                comparesAndSets,
                orders,
                buffer,
                lists,
                attemptsMax,
                keyPointer,
                lowersItsOwn,
                appliedWithin,
                reconciling);
    }

    TestChannel comparing() {
        return new TestChannel(
                batchSize,
                inFlight,
                true,
                orders,
                buffer,
                lists,
                attemptsMax,
                keyPointer,
                true,
                appliedWithin,
                reconciling);
    }

    /** It counts its own sales, and takes whatever it is told. */
    TestChannel overwriting() {
        return new TestChannel(
                batchSize,
                inFlight,
                false,
                orders,
                buffer,
                lists,
                attemptsMax,
                keyPointer,
                true,
                appliedWithin,
                reconciling);
    }

    /** It takes a number, and customers see it within an hour. */
    TestChannel showingLater() {
        return new TestChannel(
                batchSize,
                inFlight,
                comparesAndSets,
                orders,
                buffer,
                lists,
                attemptsMax,
                keyPointer,
                lowersItsOwn,
                Duration.ofHours(1),
                reconciling);
    }

    /** It sends us its orders, and cannot be asked for them. */
    TestChannel pushing() {
        return orders(Manifest.Orders.Source.WEBHOOK);
    }

    /** It sends us its orders, and can be asked for them as well. */
    TestChannel pushingAndRead() {
        return orders(Manifest.Orders.Source.WEBHOOK_AND_POLL);
    }

    private TestChannel orders(Manifest.Orders.Source source) {
        return new TestChannel(
                batchSize,
                inFlight,
                comparesAndSets,
                source,
                buffer,
                lists,
                attemptsMax,
                keyPointer,
                lowersItsOwn,
                appliedWithin,
                reconciling);
    }

    TestChannel keeping(long kept) {
        return new TestChannel(
                batchSize,
                inFlight,
                comparesAndSets,
                orders,
                kept,
                lists,
                attemptsMax,
                keyPointer,
                lowersItsOwn,
                appliedWithin,
                reconciling);
    }

    TestChannel listing(Channel.Lists which) {
        return new TestChannel(
                batchSize,
                inFlight,
                comparesAndSets,
                orders,
                buffer,
                which,
                attemptsMax,
                keyPointer,
                lowersItsOwn,
                appliedWithin,
                reconciling);
    }

    TestChannel reconciling(Reconciling other) {
        return new TestChannel(
                batchSize,
                inFlight,
                comparesAndSets,
                orders,
                buffer,
                lists,
                attemptsMax,
                keyPointer,
                lowersItsOwn,
                appliedWithin,
                other);
    }

    TestChannel withoutKeyPointer() {
        return new TestChannel(
                batchSize,
                inFlight,
                comparesAndSets,
                orders,
                buffer,
                lists,
                attemptsMax,
                null,
                lowersItsOwn,
                appliedWithin,
                reconciling);
    }

    Channel channel() {
        Manifest manifest = manifest();
        Account account = new Account(
                "shop",
                "acme",
                URI.create("http://localhost/acme"),
                null,
                Map.of(),
                Map.of(),
                Timing.defaults(manifest));
        return new Channel(
                account,
                manifest,
                "Shop",
                ChannelRule.base("shop", List.of("NORTH", "SOUTH"), buffer),
                lists,
                new Backoff(Duration.ofHours(1), Duration.ofDays(7), attemptsMax),
                SETTLE,
                reconciling);
    }

    private Manifest manifest() {
        Manifest.Webhook webhook = new Manifest.Webhook(
                new Manifest.Webhook.Signature(
                        "HmacSHA256", "x-signature", Manifest.Webhook.Signature.Encoding.HEX, "webhookSecret"),
                "x-id",
                "x-topic",
                keyPointer,
                Map.of("orders", "order"));
        return new Manifest(
                "acme",
                "Acme",
                "marketplace",
                new Manifest.VendorApi("Acme API", "1", "https://acme.example", null),
                Map.of(),
                List.of(),
                new Manifest.Authentication(
                        Manifest.Authentication.Kind.STATIC_HEADER,
                        null,
                        null,
                        null,
                        null,
                        "token",
                        null,
                        "X-Token",
                        "",
                        Duration.ZERO),
                Manifest.Headers.NONE,
                new Manifest.Limits(10, 10, inFlight, 10, batchSize, 10, ORDERS_PER_PAGE, List.of(), List.of()),
                new Manifest.Orders(orders, Duration.ofHours(1), Duration.ofMinutes(10), Duration.ZERO),
                webhook,
                new Manifest.Quantities("available", lowersItsOwn, appliedWithin, comparesAndSets, false, false),
                List.of(),
                List.of());
    }
}
