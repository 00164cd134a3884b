package io.stockhub.routes.deadletter;

import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Stage;
import io.stockhub.mapping.MappingException;
import io.stockhub.mapping.Mappings;
import io.stockhub.routes.inbox.InboxStore;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Same cause, same fix: the connector (not the account), the flow and step, kind, code, the field that is named or else the
 * shape of the words, and the mapping with its version. A name that nobody knows is a cause for each name and account: one
 * alias mends it, whatever mapping read it.
 */
public final class Causes {
    static final String UNKNOWN_SKU = "stock.unknown_sku";

    private static final int FIELD_MAX = 300;
    private static final Pattern MAPPING = Pattern.compile("^[a-z0-9_.-]+/[a-z0-9_.-]+: ");
    private static final Pattern PLACE = Pattern.compile("(?:^|: )((?:input )?line [0-9]+, column [0-9]+): ");
    private static final Pattern POINTER = Pattern.compile("(?:^|: )((?:/[^/: ]+)+): ");
    private static final Pattern PATH = Pattern.compile("^([a-z]\\w*(?:\\[\\d+])?(?:\\.\\w+(?:\\[\\d+])?)*): ");
    private static final Pattern WITH_DIGIT = Pattern.compile("[\\p{L}\\p{N}_:/+#@-]*\\p{N}[\\p{L}\\p{N}_:/+#@-]*");

    private final Function<String, @Nullable String> connectors;
    private final @Nullable Mappings mappings;

    /**
     * @param connectors of a channel; null for what is none
     * @param mappings null when versions do not matter
     */
    public Causes(Function<String, @Nullable String> connectors, @Nullable Mappings mappings) {
        this.connectors = connectors;
        this.mappings = mappings;
    }

    /** Who asks has neither channels nor mappings. */
    static Causes plain() {
        return new Causes(channel -> null, null);
    }

    /** What a dead letter says of its cause; {@code fingerprint} is the cause. */
    record Cause(String connector, String field, @Nullable String mappingVersion, String fingerprint) {}

    /** What failed: {@code source} is the account or partner; {@code mapping} is null where none reads it. */
    record Failed(
            String source, String flow, @Nullable String mapping, @Nullable String sku, @Nullable String orderRef) {}

    Cause of(Failed failed, Failure failure) {
        String connector = connector(failed);
        String version = version(failed.mapping());
        if (failure.code().equals(UNKNOWN_SKU) && failed.sku() != null) {
            return new Cause(
                    connector,
                    failed.sku(),
                    version,
                    fingerprint(failure, connector, failed.source(), failed.flow(), failed.sku()));
        }
        String field = field(failed, failure);
        return new Cause(
                connector,
                field,
                version,
                fingerprint(failure, connector, failed.flow(), field, failed.mapping() + "@" + version));
    }

    private static String fingerprint(Failure failure, String... parts) {
        String all = String.join("|", failure.stage().name(), failure.kind().name(), failure.code())
                + "|"
                + String.join("|", parts);
        return failure.code() + "-" + InboxStore.fingerprint(all).substring(0, 8);
    }

    private String connector(Failed failed) {
        String known = connectors.apply(failed.source());
        if (known != null) {
            return known;
        }
        String mapping = failed.mapping();
        return mapping == null ? failed.flow() : mapping.substring(0, Math.max(0, mapping.indexOf('/')));
    }

    private @Nullable String version(@Nullable String mapping) {
        if (mapping == null || mappings == null) {
            return null;
        }
        try {
            return mappings.exists(mapping) ? mappings.ref(mapping).contentHash() : null;
        } catch (MappingException gone) {
            return null;
        }
    }

    /** The place that the message names; without one its words, without what differs from message to message. */
    static String field(Failed failed, Failure failure) {
        String message = failure.message();
        if (failure.stage() == Stage.MAP || failure.stage() == Stage.VALIDATE || failure.stage() == Stage.DECODE) {
            String rest = MAPPING.matcher(message).replaceFirst("");
            for (Pattern pattern : new Pattern[] {PLACE, POINTER, PATH}) {
                Matcher place = pattern.matcher(rest);
                if (place.find()) {
                    return pattern == PLACE ? place.group(1) : place.group(1).replaceAll("(?<=[/\\[])[0-9]+", "*");
                }
            }
        }
        return shape(failed, message);
    }

    private static String shape(Failed failed, String message) {
        String words = message;
        for (String own : new String[] {failed.orderRef(), failed.sku(), failed.source()}) {
            if (own != null && own.length() > 1) {
                words = words.replace(own, "…");
            }
        }
        words = words.replaceAll("\"[^\"]*\"", "…");
        words = WITH_DIGIT.matcher(words).replaceAll("0").strip();
        return words.length() > FIELD_MAX ? words.substring(0, FIELD_MAX) : words;
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
