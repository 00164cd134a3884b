package io.stockhub.routes.stockout;

import io.stockhub.connectors.CallFailure;
import io.stockhub.connectors.Connectors;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.ListedQuantity;
import io.stockhub.connectors.QuantityResult;
import io.stockhub.connectors.QuantityUpdate;
import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.failure.FailureReading;
import io.stockhub.routes.failure.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the stock-out route for one batch: look where we must know first, send, record what the channel said item
 * by item. A step that throws leaves the batch claimed; the dispatcher decides what becomes of it.
 */
public final class StockOut {

    /** What is sent in one call, and what came back. */
    public static final class Batch {
        final Channel channel;
        List<Due> due;
        Map<String, QuantityResult> results = Map.of();

        /** How long no call would be made: the account's pace or its breaker holds them back. */
        @Nullable
        Duration heldFor;

        /** Not applied because of others, which are dealt with: to be sent at once. */
        List<Due> again = List.of();

        Batch(Channel channel, List<Due> due) {
            this.channel = channel;
            this.due = List.copyOf(due);
        }
    }

    private final Connectors connectors;
    private final ListingStore listings;
    private final ResultRecorder recorder;

    public StockOut(Connectors connectors, ListingStore listings, ResultRecorder recorder) {
        this.connectors = connectors;
        this.listings = listings;
        this.recorder = recorder;
    }

    /** A channel that compares before it sets has to be read before the first write, and when nobody knows what it took. */
    public void look(Batch batch) {
        List<Due> unknown = batch.channel.comparesAndSets()
                ? batch.due.stream().filter(StockOut::toBeLookedAt).toList()
                : List.of();
        if (unknown.isEmpty()) {
            return;
        }
        Map<String, ListedQuantity> shown = read(batch.channel, unknown);
        List<Due> known = new ArrayList<>();
        for (Due due : batch.due) {
            ListedQuantity listed = shown.get(due.channelSku());
            if (!toBeLookedAt(due)) {
                known.add(due);
            } else if (listed == null) {
                recorder.notListed(batch.channel, due);
            } else if (due.inDoubt()) {
                recorder.seen(batch.channel, due, listed);
            } else {
                known.add(listings.learn(batch.channel.id(), due.knowing(listed.channelItem(), listed.quantity())));
            }
        }
        batch.due = List.copyOf(known);
    }

    private static boolean toBeLookedAt(Due due) {
        return due.expected() == null || due.inDoubt();
    }

    private Map<String, ListedQuantity> read(Channel channel, List<Due> due) {
        Map<String, ListedQuantity> shown = new HashMap<>();
        connectors
                .readQuantities(
                        channel.account(), due.stream().map(Due::channelSku).toList())
                .forEach(listed -> shown.put(listed.sku(), listed));
        return shown;
    }

    public void send(Batch batch) {
        if (batch.due.isEmpty()) {
            return;
        }
        List<QuantityUpdate> updates = batch.due.stream()
                .map(due -> new QuantityUpdate(
                        due.channelSku(),
                        due.channelItem(),
                        due.quantity(),
                        batch.channel.comparesAndSets() ? due.expected() : null))
                .toList();
        Map<String, QuantityResult> results = new HashMap<>();
        try {
            connectors
                    .setQuantities(batch.channel.account(), updates, idempotencyKey(batch))
                    .forEach(result -> results.put(result.sku(), result));
        } catch (CallFailure e) {
            batch.heldFor = e.failure().turnedAway() ? e.failure().retryAfter() : null;
            throw e;
        }
        batch.results = results;
    }

    /**
     * Made of the versions of what is sent, never of the clock or of the numbers alone: going from 3 to 2 and back to 3
     * is three updates, and sending one of them again is the same one. The numbers are in it as well, for the day when a
     * restored database counts its versions again.
     */
    private static String idempotencyKey(Batch batch) {
        StringBuilder content = new StringBuilder(batch.channel.id());
        batch.due.forEach(due -> content.append('|')
                .append(due.sku())
                .append('#')
                .append(due.version())
                .append('<')
                .append(due.expected())
                .append('>')
                .append(due.quantity()));
        return UUID.nameUUIDFromBytes(content.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    public void record(Batch batch) {
        List<Due> confirmed = new ArrayList<>();
        List<Due> changed = new ArrayList<>();
        List<Due> again = new ArrayList<>();
        for (Due due : batch.due) {
            QuantityResult result = batch.results.get(due.channelSku());
            if (result == null) {
                result = new QuantityResult(
                        due.channelSku(),
                        QuantityResult.Outcome.RETRY,
                        "channel.no_answer_for_item",
                        "The answer does not mention the item.",
                        null);
            }
            switch (result.outcome()) {
                case CONFIRMED -> confirmed.add(due);
                case CHANGED_MEANWHILE -> changed.add(due);
                case NOT_TRIED -> again.add(due);
                case RETRY -> recorder.retry(batch.channel, due, failure(Failure.Kind.TRANSIENT, result));
                case THROTTLED -> recorder.retry(batch.channel, due, failure(Failure.Kind.THROTTLED, result));
                case REJECTED -> recorder.stop(batch.channel, due, failure(Failure.Kind.PERMANENT, result));
            }
        }
        if (again.size() < batch.due.size()) {
            batch.again = List.copyOf(again);
        } else {
            // Nothing but innocent ones: the same call again would end the same.
            again.forEach(due -> recorder.retry(
                    batch.channel, due, failure(Failure.Kind.TRANSIENT, batch.results.get(due.channelSku()))));
        }
        recorder.confirm(batch.channel, confirmed);
        if (!changed.isEmpty()) {
            tryToLookAgain(batch.channel, changed);
        }
    }

    /** What was recorded before is done, and must not be sent again because this failed. */
    private void tryToLookAgain(Channel channel, List<Due> changed) {
        try {
            lookAgain(channel, changed);
        } catch (RuntimeException e) {
            FailureReading reading = FailureReading.of(e);
            if (reading.mayPass() || reading.failure().kind() == Failure.Kind.SETTINGS) {
                recorder.retryAll(channel, changed, reading.failure());
            } else {
                changed.forEach(due -> recorder.retry(channel, due, reading.failure()));
            }
        }
    }

    private static Failure failure(Failure.Kind kind, QuantityResult result) {
        String code = result.code() == null ? "channel.rejected" : result.code();
        String message = result.message() == null ? code : result.message();
        return Words.keepable(new Failure(kind, Failure.Stage.SEND, code, message, result.retryAfter()));
    }

    /**
     * The channel shows another number than we expected. Mostly it has sold something and the order is on its way: wait
     * for it, since our number does not know of it. When no order explains it for a while, go on from what is shown. The
     * number that we wanted may be there because we did not hear the answer, or because it sold down to it: in escrow that
     * makes a difference.
     */
    private void lookAgain(Channel channel, List<Due> changed) {
        Map<String, ListedQuantity> shown = read(channel, changed);
        for (Due due : changed) {
            ListedQuantity listed = shown.get(due.channelSku());
            if (listed == null) {
                recorder.notListed(channel, due);
            } else if (listed.quantity() == due.quantity() && due.divided()) {
                recorder.seen(channel, due, listed);
            } else if (listed.quantity() == due.quantity()) {
                recorder.confirm(channel, List.of(due.knowing(listed.channelItem(), listed.quantity())));
            } else {
                recorder.mismatch(channel, due, listed);
            }
        }
    }
}
