package io.stockhub.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.routes.DeadLetters.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which dead letters a body means: {@code ids}, or a {@code filter} of those that are open. */
final class Chosen {
    private static final Set<String> FILTER = Set.of("channel", "cause", "sku", "since");
    private static final int IDS_MAX = 10_000;

    private Chosen() {}

    static List<Long> ids(Fields body) {
        List<JsonNode> nodes = body.list("ids");
        if (nodes.size() > IDS_MAX) {
            throw body.invalid("ids", nodes.size() + " ids (expected: at most " + IDS_MAX + ", or a filter)");
        }
        List<Long> ids = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            long id = Ids.parse(nodes.get(i));
            if (id < 0) {
                throw body.invalid("ids[" + i + "]", "(expected: the id of a dead letter)");
            }
            ids.add(id);
        }
        return ids;
    }

    @Nullable
    static Filter filter(@Nullable Fields filter) {
        if (filter == null) {
            return null;
        }
        filter.allow(FILTER, Set.of());
        return new Filter(
                filter.optionalText("channel"),
                filter.optionalText("cause"),
                filter.optionalText("sku"),
                CommandBody.time(filter, "since"),
                Filter.OPEN.state());
    }

    /** The flows name the field first: {@code sku: there is no SKU "X"}. */
    static RuntimeException refused(Fields body, IllegalArgumentException refused) {
        String text = String.valueOf(refused.getMessage());
        int colon = text.indexOf(": ");
        return colon < 0
                ? body.invalid("ids", text)
                : body.invalid(text.substring(0, colon), text.substring(colon + 2));
    }
}
