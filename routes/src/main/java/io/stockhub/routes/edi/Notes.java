package io.stockhub.routes.edi;

import java.util.ArrayList;
import java.util.List;

/** Remarks for people on one interchange; the first few of them. */
final class Notes {
    private static final int MOST = 20;

    private final List<String> notes = new ArrayList<>();

    void add(String note) {
        if (notes.size() < MOST && !notes.contains(note)) {
            notes.add(note);
        }
    }

    List<String> all() {
        return List.copyOf(notes);
    }
}
