package io.stockhub.postgres;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which server settings a caller may choose, what they are otherwise, and which are never open to choice. */
final class ServerSettings {
    /** Without these a row that was acknowledged can be lost; the stock master rests on them. */
    static final Set<String> DURABLE = Set.of("fsync", "full_page_writes", "synchronous_commit");

    private static final Set<String> OURS = Set.of(
            "port",
            "listen_addresses",
            "unix_socket_directories",
            "data_directory",
            "config_file",
            "hba_file",
            "ident_file",
            "external_pid_file");
    private static final Set<String> ON = Set.of("on", "true", "yes", "1");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.]*");
    private static final Pattern VALUE = Pattern.compile("[^\\p{Cntrl}'\"\\\\]*");

    private ServerSettings() {}

    static void check(Map<String, String> settings) {
        settings.forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT);
            require(NAME.matcher(name).matches(), name, value, "a name of letters, digits, _ and .");
            require(!OURS.contains(key), name, value, "absent: the launcher sets it");
            require(!DURABLE.contains(key) || ON.contains(value.toLowerCase(Locale.ROOT)), name, value, "on");
            require(VALUE.matcher(value).matches(), name, value, "no quotes, backslashes or control characters");
        });
    }

    /** All settings for the command line, where they outrank files in the data folder and {@code ALTER SYSTEM}. */
    static Map<String, String> complete(int port, Map<String, String> chosen) {
        Map<String, String> all = new LinkedHashMap<>();
        // Memory is taken as pages are used. The first change of a page after a checkpoint writes all of it to the log,
        // and
        // keys and order numbers come in no order: rare checkpoints are what keeps a grown ledger as cheap as a young
        // one.
        all.put("shared_buffers", "512MB");
        all.put("checkpoint_timeout", "30min");
        all.put("max_wal_size", "4GB");
        all.put("max_connections", "100");
        all.put("log_timezone", "UTC");
        all.put("timezone", "UTC");
        chosen.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
        DURABLE.forEach(name -> all.put(name, "on"));
        all.put("listen_addresses", "127.0.0.1");
        all.put("unix_socket_directories", "");
        all.put("port", Integer.toString(port));
        return all;
    }

    private static void require(boolean holds, String name, String value, String expected) {
        if (!holds) {
            throw new EmbeddedPostgresException(
                    "serverSettings." + name + ": \"" + value + "\" (expected: " + expected + ")");
        }
    }
}
