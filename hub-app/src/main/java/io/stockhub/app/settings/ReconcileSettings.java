package io.stockhub.app.settings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one channel is reconciled.
 *
 * @param share percent of its budget of calls for reading back; null means the default
 * @param policies {@code overwrite}, {@code adopt} or {@code hold}, by cause as the API spells it; others have their default
 */
public record ReconcileSettings(@Nullable Integer share, Map<String, String> policies) {
    public static final ReconcileSettings DEFAULTS = new ReconcileSettings(null, Map.of());

    public ReconcileSettings {
        policies = Map.copyOf(policies);
    }
}
