package io.stockhub.routes.edi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the faults of one set: each once, in document order, not endlessly many. */
final class Faults {
    private static final Comparator<EdiFault> DOCUMENT_ORDER = Comparator.comparingInt(EdiFault::position)
            .thenComparingInt(fault -> fault.element() == null ? 0 : fault.element());

    private final Limits limits;
    private final List<EdiFault> kept = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private boolean refuses;
    private int left;

    Faults(Limits limits) {
        this.limits = limits;
    }

    void add(EdiFault fault) {
        refuses |= fault.refuses();
        // More elements than a segment has are one fault, however many there are.
        String place = fault.code().equals("3") && fault.reference() == null ? "" : fault.element() + "";
        String key = fault.position() + " " + fault.segment() + " " + place + " " + fault.code();
        Integer known = seen.get(key);
        if (known != null) {
            if (fault.refuses()) {
                kept.set(known, kept.get(known).refusing());
            }
        } else if (limits.spendFault(kept.size())) {
            seen.put(key, kept.size());
            kept.add(fault);
        } else {
            left++;
        }
    }

    boolean refuse() {
        return refuses;
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    /** How many more there were than are kept. */
    int left() {
        return left;
    }

    List<EdiFault> inDocumentOrder() {
        return kept.stream().sorted(DOCUMENT_ORDER).toList();
    }
}
