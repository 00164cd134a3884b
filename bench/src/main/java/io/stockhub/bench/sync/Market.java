package io.stockhub.bench.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel as it is from outside: it shows a number, sells on it whoever comes, and takes updates with a delay. While it
 * is cut off it goes on selling, updates vanish before or after they took effect, and its orders cannot be read.
 */
final class Market {

    /**
     * @param comparesAndSets refuses an update that names another number than it shows
     * @param tellsOrders sends each order to us; else they have to be read
     * @param slow until an update takes effect, at least and at most
     * @param answers how long its answer to an update takes at most
     * @param share of the buyers who come here, in any unit that is the same for all
     * @param ahead how far its clock is ahead of ours; negative when it is behind
     * @param most what it may be told at most
     * @param pauses it is told nothing while its orders cannot be read
     */
    record Profile(
            String name,
            boolean comparesAndSets,
            boolean tellsOrders,
            Duration slow,
            Duration slowest,
            Duration answers,
            double share,
            Duration ahead,
            long most,
            boolean pauses) {}

    /** @param at by the channel's clock */
    record Sale(int id, Instant at) {}

    /** What became of an update; {@code shown} where the channel compared and refused. */
    record Outcome(Kind kind, long shown) {
        enum Kind {
            APPLIED,
            CONFLICT,
            UNKNOWN
        }

        static final Outcome UNKNOWN = new Outcome(Kind.UNKNOWN, 0);
    }

    static final Duration PATIENCE = Duration.ofSeconds(40);
    static final Duration ANSWER = Duration.ofMillis(100);

    private final Agenda agenda;
    private final Profile profile;
    private final List<Sale> sales = new ArrayList<>();
    private @Nullable Consumer<Sale> orders;
    private long shown;
    private int outages;
    private int sequence;
    private final List<Runnable> whenBack = new ArrayList<>();

    Market(Agenda agenda, Profile profile) {
        this.agenda = agenda;
        this.profile = profile;
    }

    Profile profile() {
        return profile;
    }

    long shown() {
        return shown;
    }

    int sold() {
        return sales.size();
    }

    /** Its orders, in their order. */
    List<Sale> sales() {
        return List.copyOf(sales);
    }

    private Instant clock() {
        return agenda.now().plus(profile.ahead());
    }

    private boolean cutOff() {
        return outages > 0;
    }

    /** Told of each order, some time after it was placed. */
    void onOrder(Consumer<Sale> taker) {
        orders = taker;
    }

    void cutOff(Duration from, Duration length) {
        agenda.in(from, () -> outages++);
        agenda.in(from.plus(length), () -> {
            outages--;
            List<Runnable> waiting = List.copyOf(whenBack);
            whenBack.clear();
            waiting.forEach(Runnable::run);
        });
    }

    /** Somebody buys a unit; false when it is sold out. */
    boolean buy() {
        if (shown <= 0) {
            return false;
        }
        shown--;
        Sale sale = new Sale(sequence++, clock());
        sales.add(sale);
        if (profile.tellsOrders()) {
            tell(sale);
        }
        return true;
    }

    private void tell(Sale sale) {
        agenda.in(agenda.between(Duration.ofMillis(100), Duration.ofSeconds(3)), () -> {
            if (cutOff()) {
                whenBack.add(() -> tell(sale));
            } else if (orders != null) {
                orders.accept(sale);
            }
        });
    }

    /** @param expected what it should be showing; null to overwrite whatever it shows */
    void update(long number, @Nullable Long expected, Consumer<Outcome> answer) {
        boolean[] answered = {false};
        Consumer<Outcome> once = outcome -> {
            if (!answered[0]) {
                answered[0] = true;
                answer.accept(outcome);
            }
        };
        agenda.in(PATIENCE, () -> once.accept(Outcome.UNKNOWN));
        if (cutOff() && agenda.chance() < 0.5) {
            return;
        }
        agenda.in(agenda.between(profile.slow(), profile.slowest()), () -> {
            boolean taken = !profile.comparesAndSets() || expected == null || expected == shown;
            Outcome outcome = new Outcome(taken ? Outcome.Kind.APPLIED : Outcome.Kind.CONFLICT, shown);
            if (taken) {
                shown = number;
            }
            agenda.in(agenda.between(ANSWER, profile.answers()), () -> {
                if (!cutOff()) {
                    once.accept(outcome);
                }
            });
        });
    }

    /** What it shows; null when it cannot be reached. */
    void look(Consumer<@Nullable Seen> taker) {
        agenda.in(ANSWER, () -> {
            Seen seen = cutOff() ? null : new Seen(shown, clock());
            agenda.in(ANSWER, () -> taker.accept(seen));
        });
    }

    /** @param at by the channel's clock */
    record Seen(long number, Instant at) {}

    /** All orders from {@code from} on, with the time up to which they are all; null when it cannot be reached. */
    void read(int from, Consumer<@Nullable Reading> taker) {
        agenda.in(ANSWER, () -> {
            Reading reading = cutOff()
                    ? null
                    : new Reading(List.copyOf(sales.subList(Math.min(from, sales.size()), sales.size())), clock());
            agenda.in(ANSWER, () -> taker.accept(reading));
        });
    }

    /** @param until by the channel's clock */
    record Reading(List<Sale> sales, Instant until) {}
}
