package io.stockhub.stock.escrow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one channel may still sell of a SKU on the numbers that it was told, in the worst case.
 *
 * <p>A channel that compares before it sets has one number or the other, never units of both. A channel that overwrites
 * may have sold all of the old number, unseen, before it took the new one: until its orders were read up to then, both
 * count.
 *
 * @param comparesAndSets whether an update is refused when the channel shows another number than we expected
 * @param told what it may be selling on, oldest first
 * @param sold units that it sold on these numbers and that the ledger knows of
 * @param since sales up to then, by the channel's clock, were made on numbers before these and do not count as
 *     {@code sold}; null when all do
 */
public record Slice(String channel, boolean comparesAndSets, List<Told> told, long sold, @Nullable Instant since) {

    public Slice {
        told = List.copyOf(told);
    }

    /** A channel that was never told anything. */
    public static Slice none(String channel, boolean comparesAndSets) {
        return new Slice(channel, comparesAndSets, List.of(), 0, null);
    }

    /** The units that the channel can still sell and the ledger does not know of, at worst. */
    public long open() {
        long most = 0;
        long sum = 0;
        for (Told one : told.reversed()) {
            // What was sold before a number left was not sold on it, and may be more than we ever told the channel.
            long since = Math.max(0, sold - one.soldBefore());
            sum += one.number();
            most = Math.max(most, (comparesAndSets ? one.number() : sum) - since);
        }
        return most;
    }

    /** Whether the answer to the last number is still awaited. While it is, no other is sent. */
    public boolean inFlight() {
        return !told.isEmpty() && told.getLast().waits();
    }

    /** Whether nobody can say whether the last number was taken: read the channel, or send the same again. */
    public boolean unclear() {
        return !told.isEmpty() && told.getLast().lost();
    }

    /** Whether the last number that it was told is no more than this one. */
    public boolean showsAtMost(long number) {
        return !told.isEmpty() && told.getLast().number() <= number;
    }

    /** What a compare-and-set names: what the channel shows when it sold nothing that we do not know of. */
    public long expected() {
        return told.isEmpty() ? 0 : Math.max(0, told.getFirst().number() - sold);
    }

    /** What {@link #open} would be, had the channel been told {@code number}. */
    public long openWith(long number) {
        return comparesAndSets ? Math.max(open(), number) : open() + number;
    }

    /** The highest number that makes the slice at most {@code free} units larger. */
    public long most(long free) {
        long more = Math.max(0, free);
        return comparesAndSets ? open() + more : more;
    }

    /** A number leaves for the channel. */
    public Slice sent(long number, Instant at) {
        if (inFlight()) {
            throw new IllegalStateException(channel + " was told " + told.getLast() + " and has not answered");
        }
        return with(append(Told.sent(number, at, sold)));
    }

    /** The same number leaves once more, naming what the first try named: only where the channel compares. */
    public Slice sentAgain(Instant at) {
        Told last = told.getLast();
        return with(replaceLast(Told.sent(last.number(), at, last.soldBefore())));
    }

    /**
     * The channel took the last number. Where it compares, whatever became known since was sold on the new number: it
     * would have refused it otherwise.
     */
    public Slice applied(Instant at) {
        if (!inFlight()) {
            return this;
        }
        Told last = told.getLast();
        return comparesAndSets
                ? new Slice(channel, true, List.of(last.applied(at).first()), sold - last.soldBefore(), since)
                : with(replaceLast(last.applied(at)));
    }

    /** The channel said that it did not take the last number. */
    public Slice refused() {
        return inFlight() ? with(told.subList(0, told.size() - 1)) : this;
    }

    /** Nobody knows what became of the last number. */
    public Slice lost() {
        return inFlight() ? with(replaceLast(told.getLast().givenUp())) : this;
    }

    /**
     * The channel was seen to show {@code number}, and nothing that it was told is on its way. What it sold until then,
     * and the ledger does not know of, still counts: its orders have to be read.
     */
    public Slice seen(long number, Instant at) {
        return with(append(Told.sent(number, at, sold).applied(at)));
    }

    /** The ledger has just learnt of units that it sold at {@code placedAt}, by its own clock. */
    public Slice sold(long units, Instant placedAt) {
        boolean counts = since == null || placedAt.isAfter(since);
        return counts ? new Slice(channel, comparesAndSets, told, sold + units, since) : this;
    }

    /**
     * Up to when the orders of the channel have to be read, so that the numbers before the last one that it took do not
     * count any more; null when nothing waits for that.
     */
    public @Nullable Instant settlesAt() {
        int base = newBase();
        return base > 0 ? told.get(base).appliedBy() : null;
    }

    /**
     * The channel's orders were read up to {@link #settlesAt} or later, and are in the ledger.
     *
     * @param soldAfter units in the ledger that it sold after {@link #settlesAt}, by its own clock
     */
    public Slice settled(long soldAfter) {
        int base = newBase();
        if (base <= 0) {
            return this;
        }
        List<Told> left = told.subList(base, told.size());
        // Some that it sold shortly before were of the new number already: settling makes no slice larger. Who sold
        // more
        // than it was told was told something by others, and what was left of our numbers says nothing.
        boolean soldOthers = sold > sum(told);
        long known = comparesAndSets || soldOthers ? soldAfter : Math.max(soldAfter, sum(left) - open());
        List<Told> counted = new ArrayList<>();
        for (Told one : left) {
            counted.add(counted.isEmpty() ? one.first() : one.less(sold - known));
        }
        return new Slice(
                channel, comparesAndSets, counted, known, left.getFirst().appliedBy());
    }

    private static long sum(List<Told> told) {
        return told.stream().mapToLong(Told::number).sum();
    }

    private int newBase() {
        int base = told.size() - 1;
        while (base > 0 && told.get(base).appliedBy() == null) {
            base--;
        }
        return base;
    }

    private List<Told> append(Told one) {
        List<Told> all = new ArrayList<>(told);
        all.add(one);
        return all;
    }

    private List<Told> replaceLast(Told one) {
        List<Told> all = new ArrayList<>(told.subList(0, told.size() - 1));
        all.add(one);
        return all;
    }

    private Slice with(List<Told> all) {
        return new Slice(channel, comparesAndSets, all, sold, since);
    }
}
