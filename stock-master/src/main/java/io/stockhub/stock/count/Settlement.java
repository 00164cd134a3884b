package io.stockhub.stock.count;

import io.stockhub.stock.CountDesk.Entry;
import io.stockhub.stock.CountDesk.Progress;
import java.util.List;

/** When a line is settled. Pure. */
final class Settlement {
    private Settlement() {}

    /**
     * One count within the tolerance settles a line; else the last count has to agree with one of another caller. Counts
     * agree when they see the same variance, since units may move between them.
     */
    static Progress of(List<Entry> entries, long tolerance) {
        if (entries.isEmpty()) {
            return Progress.UNCOUNTED;
        }
        Entry last = entries.getLast();
        if (entries.size() == 1) {
            return Math.abs(last.variance()) <= tolerance ? Progress.SETTLED : Progress.RECOUNT;
        }
        boolean agrees = entries.stream()
                .anyMatch(entry -> !entry.by().equals(last.by()) && entry.variance() == last.variance());
        return agrees ? Progress.SETTLED : Progress.RECOUNT;
    }
}
