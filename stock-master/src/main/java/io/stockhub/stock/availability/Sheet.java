package io.stockhub.stock.availability;

import java.util.ArrayList;
import java.util.List;

/**
 * A sum that is being worked out. The publisher's is only a number, the one for people keeps every term; the arithmetic
 * that fills them is the same.
 */
sealed interface Sheet {

    /** What a term is, with {@code %s} for the place, channel or number it is about. */
    enum Term {
        LOCATION("at %s"),
        ON_HAND("on hand at %s"),
        HELD("%s"),
        PROTECTED("protected for pool %s"),
        SAFETY_STOCK("safety stock at %s"),
        NEVER_BELOW_ZERO("never below zero"),
        BUNDLES("bundles that %s suffices for"),
        BUFFER("buffer of %s"),
        HIDDEN("hidden below %s"),
        CAPPED("capped at %s");

        private final String title;

        Term(String title) {
            this.title = title;
        }
    }

    void add(Term term, Object about, long quantity, List<String> notes);

    default void add(Term term, Object about, long quantity) {
        add(term, about, quantity, List.of());
    }

    /** Opens a sum that is a term of this one, until {@link #end}. */
    void begin(Term term, Object about);

    void end();

    /** Of the whole sheet, so far. */
    long sum();

    /** Only the number. */
    final class Sum implements Sheet {
        private long sum;

        @Override
        public void add(Term term, Object about, long quantity, List<String> notes) {
            sum = Math.addExact(sum, quantity);
        }

        @Override
        public void begin(Term term, Object about) {}

        @Override
        public void end() {}

        @Override
        public long sum() {
            return sum;
        }
    }

    /** Every term that is not zero, and every place that was looked at. */
    final class Tree implements Sheet {
        private final List<Derivation.Node> terms = new ArrayList<>();
        private final List<Derivation.Node> inner = new ArrayList<>();
        private String opened = "";
        private boolean open;

        @Override
        public void add(Term term, Object about, long quantity, List<String> notes) {
            if (quantity != 0) {
                (open ? inner : terms)
                        .add(new Derivation.Node(term.title.formatted(about), quantity, notes, List.of()));
            }
        }

        @Override
        public void begin(Term term, Object about) {
            open = true;
            opened = term.title.formatted(about);
        }

        @Override
        public void end() {
            open = false;
            terms.add(new Derivation.Node(opened, Derivation.sum(inner), List.of(), inner));
            inner.clear();
        }

        @Override
        public long sum() {
            return Math.addExact(Derivation.sum(terms), Derivation.sum(inner));
        }

        List<Derivation.Node> terms() {
            return List.copyOf(terms);
        }
    }
}
