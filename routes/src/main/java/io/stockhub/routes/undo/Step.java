package io.stockhub.routes.undo;

import java.util.List;

/** One thing that is undone by itself. Numbers are the ledger's: a greater one is newer. */
sealed interface Step {
    String ORDER = "order";

    long number();

    /** What it is about, for people. */
    String what();

    /** As in {@link io.stockhub.routes.Undos.Item}. */
    String kind();

    /**
     * A movement.
     *
     * @param divisible whether a part of it can be undone
     * @param reversed whether it was undone before
     */
    record Movement(long number, String kind, String what, boolean divisible, boolean reversed, List<Posting> postings)
            implements Step {}

    /** An order that was taken in the run: units that it holds, that were shipped, and that it waits for. */
    record Order(long number, String what, long open, long waiting, List<Shipped> shipped) implements Step {
        @Override
        public String kind() {
            return ORDER;
        }

        /** Whether there is anything to cancel. */
        boolean holds() {
            return open + waiting > 0;
        }
    }

    record Shipped(String sku, long quantity) {}

    /** Units that went from one account to another; outside our walls they never run out. */
    record Posting(String sku, long from, long to, boolean toOutside, boolean fromOutside, long quantity) {}
}
