package io.stockhub.routes.replay;

import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.DeadLetters.Filter;
import io.stockhub.routes.Replays.Fix;
import io.stockhub.routes.deadletter.DeadLetterStore;
import io.stockhub.stock.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What mends a whole cause. An alias is made here; what was changed elsewhere is only noted. */
final class Fixes {
    private static final Set<String> KINDS = Set.of("alias", "mapping", "unit", "other");
    private static final String UNKNOWN_SKU = "stock.unknown_sku";

    private final DeadLetterStore deadLetters;
    private final Catalogue catalogue;

    Fixes(DeadLetterStore deadLetters, Catalogue catalogue) {
        this.deadLetters = deadLetters;
        this.catalogue = catalogue;
    }

    /** Both null unless an alias was made. */
    record Made(@Nullable String system, @Nullable String alias) {}

    /** Absent when nothing of the cause is open. Everything is checked before anything changes. */
    Optional<Made> make(Fix fix) {
        if (!KINDS.contains(fix.kind())) {
            throw new IllegalArgumentException("kind: \"" + fix.kind()
                    + "\" (expected: alias, mapping, unit or other; a payload is edited letter by"
                    + " letter, with a replay)");
        }
        boolean alias = fix.kind().equals("alias");
        if (alias != (fix.sku() != null)) {
            throw new IllegalArgumentException(
                    alias ? "sku: missing (expected: the SKU that the name means)" : "sku: not with " + fix.kind());
        }
        if (!alias && (fix.reason() == null || fix.reason().isBlank())) {
            throw new IllegalArgumentException("reason: missing (expected: what was changed, and where)");
        }
        return deadLetters.list(new Filter(null, fix.cause(), null, null, "open"), null, 1).stream()
                .findFirst()
                .map(letter -> alias ? alias(letter, String.valueOf(fix.sku())) : new Made(null, null));
    }

    /** The name is part of the cause, so that any letter of it tells which. */
    private Made alias(DeadLetter letter, String ours) {
        String name = letter.sku();
        if (!letter.code().equals(UNKNOWN_SKU) || name == null) {
            throw new IllegalArgumentException(
                    "kind: an alias does not mend " + letter.code() + " (expected: a cause of " + UNKNOWN_SKU + ")");
        }
        Catalogue.Sku sku = catalogue
                .sku(ours)
                .orElseThrow(() -> new IllegalArgumentException("sku: there is no SKU \"" + ours + "\""));
        String system = letter.channel();
        Map<String, List<String>> aliases = new TreeMap<>(sku.aliases());
        List<String> names = new ArrayList<>(aliases.getOrDefault(system, List.of()));
        if (!names.contains(name)) {
            names.add(name);
            aliases.put(system, names);
            catalogue.put(new Catalogue.Sku(
                    sku.sku(),
                    sku.title(),
                    sku.gtin(),
                    sku.baseUnit(),
                    sku.units(),
                    sku.components(),
                    sku.assembled(),
                    sku.tracking(),
                    sku.cost(),
                    sku.weightGrams(),
                    sku.abcClass(),
                    aliases));
        }
        return new Made(system, name);
    }
}
