package io.stockhub.routes.alerts;

import io.stockhub.routes.Alerts.Severity;
import io.stockhub.routes.Alerts.Words;
import io.stockhub.routes.alerts.Facts.ChannelFacts;
import io.stockhub.routes.alerts.Facts.Exposure;
import io.stockhub.routes.alerts.Facts.Letters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of the facts is wrong, and how to say it. One alert a kind and channel, however many numbers or letters are behind it. */
final class Rules {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Duration MESSAGE_AGE = Duration.ofMinutes(10);

    /** A number may wait three times as long as most do. */
    private static final int OLDEST_FACTOR = 3;

    private static final int DRIFTS_AN_HOUR = 20;
    private static final Set<String> REFUSED = Set.of("channel-refuses-us");
    private static final Set<String> DOWN = Set.of("channel-refuses-us", "channel-fails");
    private static final Set<String> OLD = Set.of("channel-refuses-us", "channel-fails", "number-not-told");

    private Rules() {}

    static List<Wrong> wrong(Facts facts, Limits limits) {
        List<Wrong> all = new ArrayList<>();
        facts.channels().forEach(channel -> channel(channel, facts.now()).forEach(all::add));
        letters(facts.letters(), limits).forEach(all::add);
        messages(facts).forEach(all::add);
        exposure(facts.exposure(), limits).forEach(all::add);
        if (facts.ledger() != null && !facts.ledger().holds()) {
            all.add(hub(
                    "ledger-broken",
                    Severity.CRITICAL,
                    AT_ONCE,
                    "The books do not add up",
                    "Somebody or something has changed the ledger past the hub. Stock numbers may be wrong.",
                    "Keep a copy of the database as it is, then run: stockhub ledger verify"));
        }
        facts.switchedOff()
                .forEach(off -> all.add(new Wrong(
                        "subscription-off",
                        off.id(),
                        Severity.WARNING,
                        AT_ONCE,
                        Set.of(),
                        words(
                                "subscription-off",
                                "The subscription of " + off.url() + " was switched off",
                                "It did not take messages for days (" + off.why()
                                        + "). It does not follow stock any more.",
                                "Have the receiver repaired, then: stockhub subscriptions resume " + off.id()))));
        return all;
    }

    private static Stream<Wrong> channel(ChannelFacts at, Instant now) {
        List<Wrong> all = new ArrayList<>();
        String name = at.channel();
        String said = at.lastError() == null ? "" : " It said: " + at.lastError() + ".";
        if (at.paused()) {
            all.add(of(
                    at,
                    "channel-refuses-us",
                    Severity.CRITICAL,
                    AT_ONCE,
                    Set.of(),
                    name + " refuses our login, rights or address",
                    "It is told no stock numbers and will not heal by itself." + said,
                    "Correct it at the channel, or the secret and start again; then: stockhub channels sync " + name));
        }
        if (at.breakerOpen() || at.lastError() != null) {
            all.add(of(
                    at,
                    "channel-fails",
                    Severity.WARNING,
                    FIVE_MINUTES,
                    REFUSED,
                    "Stock numbers for " + name + " have been failing",
                    "It goes on selling on old numbers." + said + " The hub goes on trying.",
                    "See whether the channel reports a disturbance; the last error is in: stockhub channels"));
        }
        Duration oldest = age(at.oldestUnsent(), now);
        if (oldest.compareTo(at.maxDelay().multipliedBy(OLDEST_FACTOR)) > 0) {
            all.add(of(
                    at,
                    "number-not-told",
                    Severity.CRITICAL,
                    AT_ONCE,
                    REFUSED,
                    name + " has shown an old number for " + words(oldest),
                    "It may sell what is gone.",
                    "See stockhub channels for the last error, and stockhub dlq for numbers that were given up"));
        }
        if (at.delay() != null && at.delay().compareTo(at.maxDelay()) > 0) {
            all.add(
                    of(
                            at,
                            "channel-late",
                            Severity.WARNING,
                            FIVE_MINUTES,
                            OLD,
                            name + " hears of changes " + words(at.delay()) + " late (expected: within "
                                    + words(at.maxDelay()) + ")",
                            "Of the numbers that it confirmed in the last quarter of an hour, one in a hundred was as late or later.",
                            "Compare backlog and pace in stockhub channels. Where the pace is the limit, ask the channel for more"));
        }
        if (at.drifts() > 0) {
            all.add(of(
                    at,
                    "drift",
                    Severity.WARNING,
                    HALF_AN_HOUR,
                    Set.of(),
                    name + " shows " + count(at.drifts(), "number")
                            + " that nothing explains, or that wait for a decision",
                    "Somebody changed them there, or orders did not reach us.",
                    "List them: stockhub drift --channel " + name + " --open"));
        }
        if (at.driftsLately() > Math.max(DRIFTS_AN_HOUR, at.listings() / 100)) {
            all.add(of(
                    at,
                    "drift-rate",
                    Severity.WARNING,
                    FIVE_MINUTES,
                    Set.of(),
                    name + " showed " + count(at.driftsLately(), "wrong number") + " within an hour",
                    "That many at once is not chance: another program writes there, or numbers are lost.",
                    "See their causes: stockhub drift --channel " + name));
        }
        if (at.ordersReadUntil() != null && age(at.ordersReadUntil(), now).compareTo(at.ordersMayWait()) > 0) {
            all.add(of(
                    at,
                    "orders-not-read",
                    Severity.CRITICAL,
                    AT_ONCE,
                    REFUSED,
                    "Orders of " + name + " were not read for " + words(age(at.ordersReadUntil(), now)),
                    "What it sells is not taken off the other channels." + said,
                    "See the last error: stockhub channels"));
        }
        if (at.backorders() > 0) {
            all.add(of(
                    at,
                    "backorders",
                    Severity.WARNING,
                    AT_ONCE,
                    Set.of(),
                    count(at.backorders(), "order") + " of " + name + " wait for stock that is not there",
                    "More was sold than there is. The next receipt goes to them first.",
                    "Why: stockhub why-oversold ORDER. Transfer stock, or talk to the customers"));
        }
        if (at.selfTestFailed() != null) {
            all.add(of(
                    at,
                    "self-test-failed",
                    Severity.WARNING,
                    AT_ONCE,
                    DOWN,
                    "The self-test of " + name + " failed",
                    "A number that we send there may not be what customers see: " + at.selfTestFailed() + ".",
                    "Run it again: stockhub channels self-test " + name));
        }
        return all.stream();
    }

    private static Stream<Wrong> letters(Letters letters, Limits limits) {
        List<Wrong> all = new ArrayList<>();
        if (letters.lately() > 0) {
            all.add(hub(
                    "dead-letters-growing",
                    Severity.WARNING,
                    FIVE_MINUTES,
                    count(letters.open(), "dead letter") + (letters.open() == 1 ? " waits" : " wait")
                            + " for a person, " + letters.lately() + " of them new",
                    "Orders, receipts or numbers are being given up.",
                    "stockhub dlq groups them by cause; correct the largest cause, then replay it"));
        }
        if (limits.moneyAtStake() != null && letters.money().compareTo(limits.moneyAtStake()) > 0) {
            all.add(hub(
                    "dead-letters-money",
                    Severity.CRITICAL,
                    AT_ONCE,
                    "Goods for " + letters.money().toBigInteger() + " are in dead letters",
                    "That is what the units cost us that " + count(letters.open(), "dead letter")
                            + " would move; stock is wrong by them.",
                    "stockhub dlq shows the dearest cause; correct it, then replay it"));
        }
        return all.stream();
    }

    private static Stream<Wrong> messages(Facts facts) {
        List<Wrong> all = new ArrayList<>();
        Duration oldest = age(facts.oldestMessage(), facts.now());
        if (oldest.compareTo(MESSAGE_AGE) > 0) {
            all.add(hub(
                    "inbox-behind",
                    Severity.WARNING,
                    AT_ONCE,
                    "A message has waited for " + words(oldest) + " to be handled",
                    "Orders and receipts that came since are not in the stock yet.",
                    "See what waits: stockhub inbox"));
        }
        if (facts.unaccounted() > 0) {
            all.add(hub(
                    "inbox-contradiction",
                    Severity.CRITICAL,
                    Duration.ofMinutes(1),
                    count(facts.unaccounted(), "message") + " contradict their dead letters",
                    "That is a fault of the hub.",
                    "Keep a copy of the database as it is, and report it"));
        }
        return all.stream();
    }

    private static Stream<Wrong> exposure(@Nullable Exposure exposure, Limits limits) {
        List<Wrong> all = new ArrayList<>();
        if (exposure != null && exposure.divided() > 0) {
            all.add(hub(
                    "escrow-exposed",
                    Severity.CRITICAL,
                    FIVE_MINUTES,
                    count(exposure.divided(), "unit") + " in escrow could be oversold",
                    "Units were lost or taken after they had been promised to channels: more is on offer than there is.",
                    "Which SKUs: GET /api/v1/exposure. It heals as soon as the channels confirm lower numbers"));
        }
        if (exposure != null && limits.exposedUnits() != null && exposure.units() > limits.exposedUnits()) {
            all.add(hub(
                    "exposure",
                    Severity.WARNING,
                    FIVE_MINUTES,
                    count(exposure.units(), "unit") + " could be oversold in the worst case",
                    "All channels together offer so much more than there is (expected: at most " + limits.exposedUnits()
                            + ").",
                    "Put scarce SKUs in escrow, or give the channels buffers: docs/availability.md"));
        }
        return all.stream();
    }

    private static Wrong of(
            ChannelFacts at,
            String kind,
            Severity severity,
            Duration lasting,
            Set<String> follows,
            String title,
            String meaning,
            String action) {
        return new Wrong(kind, at.channel(), severity, lasting, follows, words(kind, title, meaning, action));
    }

    private static Wrong hub(
            String kind, Severity severity, Duration lasting, String title, String meaning, String action) {
        return new Wrong(kind, null, severity, lasting, Set.of(), words(kind, title, meaning, action));
    }

    private static Words words(String kind, String title, String meaning, String action) {
        return new Words(title, meaning, action + ".", "docs/alerts.md#" + kind);
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static Duration age(@Nullable Instant since, Instant now) {
        return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    /** The largest unit that says it: {@code 3 h}, {@code 12 min}, {@code 40 s}. */
    private static String words(Duration time) {
        if (time.toHours() >= 48) {
            return time.toDays() + " days";
        }
        if (time.toMinutes() >= 120) {
            return time.toHours() + " h";
        }
        return time.toSeconds() >= 120 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
