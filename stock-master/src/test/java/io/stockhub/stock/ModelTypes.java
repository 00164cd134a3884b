package io.stockhub.stock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the model keeps. */
class ModelTypes {
    /** Where units are, in the order in which the ledger makes new accounts. */
    record Key(
            String sku,
            String place,
            StockState state,
            String lot,
            String serial,
            String bin,
            String pool,
            String holder)
            implements Comparable<Key> {
        static Key plain(String sku, String place, StockState state) {
            return new Key(sku, place, state, "", "", "", "", "");
        }

        Key in(StockState other) {
            return other.outside()
                    ? plain(sku, place, other)
                    : new Key(sku, place, other, lot, serial, bin, pool, holder);
        }

        @Override
        public int compareTo(Key other) {
            return Comparator.comparing(Key::sku)
                    .thenComparing(Key::place)
                    .thenComparing(key -> key.state().code())
                    .thenComparing(Key::lot)
                    .thenComparing(Key::serial)
                    .thenComparing(Key::bin)
                    .thenComparing(Key::pool)
                    .thenComparing(Key::holder)
                    .compare(this, other);
        }
    }

    /** What an order holds in one place. */
    static final class Part {
        final Key reserved;
        long quantity;
        long picked;
        long shipped;
        long cancelled;

        Part(Key reserved) {
            this.reserved = reserved;
        }

        long held() {
            return quantity - shipped - cancelled;
        }
    }

    static final class Line {
        final String sku;
        final Map<String, Long> parts;
        final List<Part> held = new ArrayList<>();
        long quantity;
        long waiting;
        long returned;

        Line(String sku, long quantity, Map<String, Long> parts) {
            this.sku = sku;
            this.quantity = quantity;
            this.parts = parts;
        }

        long units(java.util.function.ToLongFunction<Part> field) {
            String first = parts.keySet().iterator().next();
            return held.stream()
                            .filter(part -> part.reserved.sku().equals(first))
                            .mapToLong(field)
                            .sum()
                    / parts.get(first);
        }
    }

    static final class Order {
        final String channel;
        final String ref;
        final int priority;
        final Map<String, Long> demand;
        final List<Line> lines = new ArrayList<>();
        boolean hold;
        boolean expired;

        Order(String channel, String ref, int priority, Map<String, Long> demand) {
            this.channel = channel;
            this.ref = ref;
            this.priority = priority;
            this.demand = demand;
        }
    }

    record Posting(Key from, Key to, long quantity, @Nullable Order order, int line) {}

    static final class Moved {
        final MovementKind kind;
        final List<Posting> postings = new ArrayList<>();

        @Nullable
        Inbound against;

        boolean reversed;

        Moved(MovementKind kind) {
            this.kind = kind;
        }
    }

    record Found(String kind, String sku, long quantity, @Nullable Moved by) {}

    static final class Inbound {
        final Map<String, Long> announced = new TreeMap<>();
        final List<Found> open = new ArrayList<>();
        boolean closed;
    }
}
