package io.stockhub.routes.undo;

import io.stockhub.routes.Undos.Item;
import io.stockhub.routes.Undos.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be undone of some steps, one after another, with what is there now. The ledger has the last word. */
final class UndoPlan {
    /** Of a movement that is not divisible. */
    private static final String WHOLE_OR_NOT =
            "It can be undone whole only, and some of it was sold or moved on since.";

    private final Map<Long, Long> there;

    private UndoPlan(Map<Long, Long> there) {
        this.there = new HashMap<>(there);
    }

    /**
     * @param steps in the order in which they are undone
     * @param there units on each account inside our walls
     */
    static List<Item> of(List<? extends Step> steps, Map<Long, Long> there) {
        UndoPlan plan = new UndoPlan(there);
        return steps.stream().map(plan::item).toList();
    }

    private Item item(Step step) {
        return switch (step) {
            case Step.Order order -> order(order, order.holds());
            case Step.Movement movement -> movement(movement);
        };
    }

    /** @param cancelled whether it held or waited for anything, which goes back */
    static Item order(Step.Order order, boolean cancelled) {
        if (order.shipped().isEmpty()) {
            return item(order, cancelled ? Outcome.UNDONE : Outcome.ALREADY, null);
        }
        return item(order, cancelled ? Outcome.IN_PART : Outcome.KEPT, shipped(order));
    }

    /** What of an order cannot be undone by us. */
    private static String shipped(Step.Order order) {
        List<String> gone = order.shipped().stream()
                .map(one -> one.quantity() + " " + one.sku())
                .toList();
        return String.join(", ", gone) + " shipped: expect a return.";
    }

    private Item movement(Step.Movement movement) {
        if (movement.reversed()) {
            return item(movement, Outcome.ALREADY, null);
        }
        Map<Long, Long> before = new HashMap<>(there);
        Map<String, Long> whole = whole(movement);
        Map<String, Long> back = new LinkedHashMap<>();
        for (Step.Posting posting : movement.postings().reversed()) {
            long units = posting.toOutside()
                    ? posting.quantity()
                    : Math.min(posting.quantity(), there.getOrDefault(posting.to(), 0L));
            move(posting, units);
            back.merge(posting.sku(), units, Long::sum);
        }
        if (back.equals(whole)) {
            return item(movement, Outcome.UNDONE, null);
        }
        boolean some = back.values().stream().anyMatch(units -> units > 0);
        if (some && movement.divisible()) {
            return item(movement, Outcome.IN_PART, gone(whole, back));
        }
        there.clear();
        there.putAll(before);
        return kept(movement, whole, back);
    }

    static Item kept(Step.Movement movement, Map<String, Long> whole, Map<String, Long> back) {
        return item(movement, Outcome.KEPT, movement.divisible() ? gone(whole, back) : WHOLE_OR_NOT);
    }

    /** Units of each SKU that a movement moved. */
    static Map<String, Long> whole(Step.Movement movement) {
        Map<String, Long> whole = new LinkedHashMap<>();
        movement.postings().forEach(posting -> whole.merge(posting.sku(), posting.quantity(), Long::sum));
        return whole;
    }

    private void move(Step.Posting posting, long units) {
        if (!posting.toOutside()) {
            there.merge(posting.to(), -units, Long::sum);
        }
        if (!posting.fromOutside()) {
            there.merge(posting.from(), units, Long::sum);
        }
    }

    /** What stays, by SKU. */
    static String gone(Map<String, Long> whole, Map<String, Long> back) {
        List<String> gone = new ArrayList<>();
        whole.forEach((sku, units) -> {
            long left = units - back.getOrDefault(sku, 0L);
            if (left > 0) {
                gone.add(left + " of " + units + " " + sku);
            }
        });
        return String.join(", ", gone) + (gone.size() == 1 ? " was" : " were") + " sold or moved on since.";
    }

    static Item item(Step step, Outcome outcome, @Nullable String message) {
        return new Item(step.number(), step.kind(), step.what(), outcome, message);
    }
}
