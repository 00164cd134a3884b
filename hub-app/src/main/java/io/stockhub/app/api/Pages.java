package io.stockhub.app.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of lists: one more is read than is shown, to know whether there is a next one. */
final class Pages {
    static final int LIMIT_DEFAULT = 100;
    static final int LIMIT_MAX = 1_000;

    private Pages() {}

    /** At most {@code limit} of what was found. */
    static <T> List<T> cut(List<T> found, int limit) {
        return found.size() > limit ? found.subList(0, limit) : found;
    }

    /** What {@code after} is on the next page; null when this one is the last. */
    static <T> @Nullable String next(List<T> found, int limit, Function<T, String> name) {
        return found.size() > limit ? name.apply(found.get(limit - 1)) : null;
    }

    /** The query's {@code state}: true when it is open, false when it is {@code other}, null when it is not given. */
    static @Nullable Boolean open(Query query, String other) {
        String state = query.text("state");
        if (state == null) {
            return null;
        }
        if (!state.equals("open") && !state.equals(other)) {
            throw query.invalid("state", "\"" + state + "\" (expected: open or " + other + ")");
        }
        return state.equals("open");
    }
}
