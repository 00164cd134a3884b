package io.stockhub.routes.oversell;

import io.stockhub.routes.Oversells.Cause;
import io.stockhub.routes.Oversells.Fault;
import io.stockhub.routes.oversell.Facts.Drift;
import io.stockhub.routes.oversell.Facts.Failed;
import io.stockhub.routes.oversell.Facts.Number;
import io.stockhub.routes.oversell.Facts.Taker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges by the facts alone: the same facts, the same verdict. */
final class Verdict {
    /** Clocks of channels and ours may be so far apart. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    private static final Duration LATE = Duration.ofMinutes(2);
    private static final Set<String> LOST =
            Set.of("count", "adjustment", "damage", "write-off", "block", "transfer-loss");
    private static final Set<String> CHANNELS_OWN = Set.of("edited", "lost-update", "rejected-feed");

    private Verdict() {}

    /** The likeliest first; empty when nothing was short. */
    static List<Cause> of(Facts facts) {
        if (facts.shortBy() <= 0) {
            return List.of();
        }
        List<Cause> causes = new ArrayList<>();
        edited(facts).ifPresent(causes::add);
        heldUp(facts).ifPresent(causes::add);
        numbers(facts, causes);
        takers(facts, causes);
        receipts(facts).ifPresent(causes::add);
        if (causes.isEmpty()) {
            causes.add(new Cause(
                    Fault.UNKNOWN,
                    "unknown",
                    "Nothing that the hub wrote down explains it. Look at the item at " + facts.channel() + "."));
        }
        return causes;
    }

    private static Optional<Cause> edited(Facts facts) {
        return facts.drifts().stream()
                .filter(drift -> CHANNELS_OWN.contains(drift.cause()))
                .filter(drift -> drift.shown() != null && drift.shown() > drift.expected())
                .reduce((one, later) -> later)
                .map(drift -> drift.cause().equals("edited")
                        ? new Cause(
                                Fault.EDITED,
                                "edited-at-the-channel",
                                shown(facts, drift) + ": somebody or something else changed it.")
                        : new Cause(
                                Fault.CHANNEL,
                                "accepted-not-applied",
                                shown(facts, drift) + ": it had accepted our number and stayed with the one before."));
    }

    private static String shown(Facts facts, Drift drift) {
        return "%s showed %d and should have shown %d (seen at %s)"
                .formatted(facts.channel(), drift.shown(), drift.expected(), Words.time(drift.foundAt()));
    }

    /** The order itself was late, and others took the units meanwhile. */
    private static Optional<Cause> heldUp(Facts facts) {
        Instant received = facts.receivedAt() == null ? facts.takenAt() : facts.receivedAt();
        if (!facts.failures().isEmpty() && apart(received, facts.takenAt()).compareTo(CLOCKS_APART) > 0) {
            Failed last = facts.failures().getLast();
            boolean mapping = last.code().startsWith("mapping.") || last.code().equals("stock.unknown_sku");
            return Optional.of(new Cause(
                    mapping ? Fault.MAPPING : Fault.HUB,
                    "order-could-not-be-taken",
                    "The order came at %s and could not be taken until %s (%s: %s)."
                            .formatted(
                                    Words.time(received), Words.time(facts.takenAt()), last.code(), last.message())));
        }
        if (apart(facts.placedAt(), received).compareTo(LATE) > 0) {
            return Optional.of(new Cause(
                    Fault.DELAY,
                    "order-came-late",
                    "The order was placed at %s and reached us at %s, %s later."
                            .formatted(
                                    Words.time(facts.placedAt()),
                                    Words.time(received),
                                    Words.duration(apart(facts.placedAt(), received)))));
        }
        return Optional.empty();
    }

    private static Duration apart(Instant one, Instant later) {
        return Duration.between(one, later);
    }

    /** What the channel had been told when it sold. */
    private static void numbers(Facts facts, List<Cause> causes) {
        Optional<Number> before = facts.numbers().stream()
                .filter(number -> !number.at().isAfter(facts.placedAt()))
                .reduce((one, later) -> later);
        if (before.isEmpty() || before.get().confirmed() == null) {
            causes.add(new Cause(
                    Fault.UNKNOWN,
                    "never-told",
                    "%s had accepted no number for %s from us before the order was placed."
                            .formatted(facts.channel(), facts.sku())));
            return;
        }
        long accepted = before.get().confirmed();
        if (accepted < facts.quantity()
                && apart(facts.acceptedAt(), facts.placedAt()).compareTo(CLOCKS_APART) > 0) {
            causes.add(new Cause(
                    Fault.CHANNEL,
                    "sold-more-than-told",
                    "%s had accepted %d at %s and sold %d at %s."
                            .formatted(
                                    facts.channel(),
                                    accepted,
                                    Words.time(facts.acceptedAt()),
                                    facts.quantity(),
                                    Words.time(facts.placedAt()))));
            return;
        }
        lowered(facts, accepted).ifPresent(causes::add);
    }

    /** A lower number was known, and the channel did not have it yet. */
    private static Optional<Cause> lowered(Facts facts, long accepted) {
        Instant since = facts.acceptedAt();
        Optional<Number> wanted = facts.numbers().stream()
                .filter(number -> !number.at().isBefore(since) && number.wanted() < accepted)
                .findFirst();
        if (wanted.isEmpty() || wanted.get().at().isAfter(facts.placedAt())) {
            return Optional.empty();
        }
        long lower = wanted.get().wanted();
        Optional<Number> sent = facts.numbers().stream()
                .filter(number -> !number.at().isBefore(wanted.get().at()))
                .filter(number -> number.sent() != null && number.sent() <= lower)
                .findFirst();
        if (sent.isPresent() && !sent.get().at().isAfter(facts.placedAt())) {
            return Optional.of(new Cause(
                    Fault.DELAY,
                    "number-on-its-way",
                    "%d was sent to %s at %s; the order was placed at %s, before it took effect."
                            .formatted(
                                    lower,
                                    facts.channel(),
                                    Words.time(sent.get().at()),
                                    Words.time(facts.placedAt()))));
        }
        String when = sent.map(number -> "sent it at " + Words.time(number.at()) + ", after the order was placed")
                .orElse("had not sent it when the order was taken");
        return Optional.of(new Cause(
                Fault.HUB,
                "number-not-sent-yet",
                "Since %s the hub wanted %s to show %d, and %s."
                        .formatted(Words.time(wanted.get().at()), facts.channel(), lower, when)));
    }

    private static void takers(Facts facts, List<Cause> causes) {
        facts.takers().stream()
                .filter(taker -> LOST.contains(taker.kind()))
                .reduce((one, later) -> later)
                .ifPresent(taker -> causes.add(new Cause(
                        Fault.STOCK,
                        "stock-was-not-there",
                        "%d were taken off the shelf at %s: %s."
                                .formatted(taker.units(), Words.time(taker.writtenAt()), taker.what()))));
        facts.takers().stream()
                .filter(taker -> taker.channel() != null)
                .reduce((one, later) -> later)
                .ifPresent(taker -> causes.add(taken(facts, taker)));
    }

    private static Cause taken(Facts facts, Taker taker) {
        boolean unheard = taker.happenedAt().isBefore(facts.placedAt())
                && taker.writtenAt().isAfter(facts.placedAt())
                && apart(taker.happenedAt(), taker.writtenAt()).compareTo(CLOCKS_APART) > 0;
        String who = "order %s of %s took %d (placed %s, taken %s)"
                .formatted(
                        taker.what(),
                        taker.channel(),
                        taker.units(),
                        Words.time(taker.happenedAt()),
                        Words.time(taker.writtenAt()));
        return unheard
                ? new Cause(
                        Fault.DELAY,
                        "other-order-came-late",
                        "Before it, " + who + ": we heard of that too late to tell " + facts.channel() + ".")
                : new Cause(
                        Fault.DELAY,
                        "sold-elsewhere",
                        "The last units went elsewhere: " + who
                                + ". In escrow (selling.policy) no two channels are told the same unit.");
    }

    private static Optional<Cause> receipts(Facts facts) {
        return facts.receipts().stream()
                .findFirst()
                .map(receipt -> new Cause(
                        Fault.LATE_RECEIPT,
                        "receipt-came-late",
                        "%d had arrived at %s and were written down only at %s (%s)."
                                .formatted(
                                        receipt.units(),
                                        Words.time(receipt.happenedAt()),
                                        Words.time(receipt.writtenAt()),
                                        receipt.what())));
    }
}
