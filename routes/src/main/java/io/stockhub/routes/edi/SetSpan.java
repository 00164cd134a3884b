package io.stockhub.routes.edi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a set lies in its interchange.
 *
 * @param first index of its ST
 * @param end index after its last segment, the SE where it has one
 * @param header ST with its elements
 * @param trailer SE with its elements, or null when it is missing
 */
record SetSpan(int first, int end, List<String> header, @Nullable List<String> trailer) {
    String set() {
        return at(header, 1);
    }

    String control() {
        return at(header, 2);
    }

    /** Index after the last segment before SE. */
    int bodyEnd() {
        return trailer == null ? end : end - 1;
    }

    int segmentCount() {
        return end - first;
    }

    static String at(List<String> elements, int position) {
        return position < elements.size() ? elements.get(position) : "";
    }
}
