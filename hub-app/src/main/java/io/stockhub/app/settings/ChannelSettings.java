package io.stockhub.app.settings;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One account at a sales channel.
 *
 * @param connector folder of the connector
 * @param title {@code id} when none was given
 * @param tokenUrl null where the connector's manifest or its way of authentication needs none
 * @param secrets by the names that the connector's manifest asks for
 * @param locations ids whose stock the channel may sell, never empty: all of them when none were named
 * @param buffer units kept back from the channel, at least 0
 */
public record ChannelSettings(
        String id,
        String connector,
        String title,
        URI baseUrl,
        @Nullable URI tokenUrl,
        Map<String, String> settings,
        Map<String, SecretValue> secrets,
        List<String> locations,
        long buffer,
        Lists lists,
        TimingSettings timing,
        ReconcileSettings reconcile) {

    /** Which SKUs the channel lists. */
    public enum Lists {
        /** Every SKU, under its alias at the channel or else under our own name. */
        ALL,
        /** Only SKUs that have an alias at the channel. */
        ALIASED
    }

    public ChannelSettings {
        settings = Map.copyOf(settings);
        secrets = Map.copyOf(secrets);
        locations = List.copyOf(locations);
    }
}
