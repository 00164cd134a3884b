package io.stockhub.app.settings;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All settings of one installation, already valid: ids are unique, names that refer to each other exist, secrets are
 * resolved. The shape is that of {@code stockhub.schema.json}; {@code data} and {@code demo} can be given the Spring
 * way alone.
 *
 * @param database null means the embedded PostgreSQL under {@code data/pg}
 * @param keys at least one, unless the settings were made for a test
 * @param data folder for everything that the hub keeps on disk
 * @param demo true in the demo alone, where secrets may be written out
 */
public record StockhubSettings(
        @Nullable DatabaseSettings database,
        List<LocationSettings> locations,
        List<ChannelSettings> channels,
        EdiSettings edi,
        EventSettings events,
        List<KeySettings> keys,
        HttpSettings http,
        WatchSettings watch,
        Path data,
        boolean demo) {
    public StockhubSettings {
        locations = List.copyOf(locations);
        channels = List.copyOf(channels);
        keys = List.copyOf(keys);
    }
}
