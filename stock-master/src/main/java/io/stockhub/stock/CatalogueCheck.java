package io.stockhub.stock;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with master data whatever else the catalogue holds. */
final class CatalogueCheck {
    static final List<String> KINDS = List.of("warehouse", "shop", "3pl", "marketplace", "virtual");
    static final String MARKETPLACE = "marketplace";

    private static final Set<String> CLASSES = Set.of("A", "B", "C");
    private static final Set<String> GTIN_SYSTEMS = Set.of("gtin", "upc", "ean");
    private static final BigDecimal COST_MAX = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int COST_DECIMALS_MAX = 6;
    private static final double LATITUDE_MAX = 90;
    private static final double LONGITUDE_MAX = 180;

    private CatalogueCheck() {}

    static void sku(Catalogue.Sku sku) {
        Check.name("sku", sku.sku());
        Check.required("title", sku.title());
        if (sku.gtin() != null) {
            Gtin.check("gtin", sku.gtin());
        }
        Check.name("baseUnit", sku.baseUnit());
        units(sku);
        components(sku);
        aliases(sku);
        BigDecimal cost = sku.cost();
        if (cost != null && (cost.signum() < 0 || cost.compareTo(COST_MAX) > 0 || decimals(cost) > COST_DECIMALS_MAX)) {
            throw new InvalidCommandException(
                    "cost",
                    cost + " (expected: 0 to " + COST_MAX.toPlainString() + " with at most " + COST_DECIMALS_MAX
                            + " decimals)");
        }
        if (sku.weightGrams() != null && (sku.weightGrams() < 0 || sku.weightGrams() > Limits.QUANTITY_MAX)) {
            throw new InvalidCommandException(
                    "weightGrams", sku.weightGrams() + " (expected: 0 to " + Limits.QUANTITY_MAX + ")");
        }
        if (sku.abcClass() != null && !CLASSES.contains(sku.abcClass())) {
            throw new InvalidCommandException("abc", "\"" + sku.abcClass() + "\" (expected: A, B or C)");
        }
    }

    private static int decimals(BigDecimal number) {
        return number.stripTrailingZeros().scale();
    }

    private static void units(Catalogue.Sku sku) {
        atMost("units", sku.units().size(), Limits.UNITS_MAX);
        sku.units().forEach((unit, factor) -> {
            String field = "units." + unit;
            Check.name(field, unit);
            if (unit.equals(sku.baseUnit()) && factor != 1) {
                throw new InvalidCommandException(field, factor + " (expected: 1, for it is the base unit)");
            }
            Check.quantity(field, factor, false);
        });
    }

    private static void components(Catalogue.Sku sku) {
        atMost("components", sku.components().size(), Limits.LINES_MAX);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < sku.components().size(); i++) {
            Catalogue.Component component = sku.components().get(i);
            String field = "components[" + i + "].";
            Check.name(field + "sku", component.sku());
            Check.quantity(field + "quantity", component.quantity(), false);
            if (!seen.add(component.sku())) {
                throw new InvalidCommandException(
                        field + "sku", "\"" + component.sku() + "\" is there twice (expected: once, with the sum)");
            }
        }
        if (sku.assembled() && seen.isEmpty()) {
            throw new InvalidCommandException("assembled", "true without components (expected: components, or false)");
        }
        if (!sku.assembled() && !seen.isEmpty() && sku.tracking() != Tracking.NONE) {
            throw new InvalidCommandException(
                    "tracking",
                    "\"" + sku.tracking().code() + "\" of a bundle, which has no units of its own (expected: none,"
                            + " or \"assembled\": true)");
        }
    }

    private static void aliases(Catalogue.Sku sku) {
        atMost("aliases", sku.aliases().size(), Limits.ALIASES_MAX);
        for (Map.Entry<String, List<String>> entry : sku.aliases().entrySet()) {
            String field = "aliases." + entry.getKey();
            Check.name(field, entry.getKey());
            atMost(field, entry.getValue().size(), Limits.ALIASES_MAX);
            Set<String> seen = new HashSet<>();
            for (String alias : entry.getValue()) {
                Check.name(field, alias);
                if (GTIN_SYSTEMS.contains(entry.getKey())) {
                    Gtin.check(field, alias);
                }
                if (!seen.add(alias)) {
                    throw new InvalidCommandException(field, "\"" + alias + "\" is there twice (expected: once)");
                }
            }
        }
    }

    static void location(Catalogue.Location location) {
        Check.name("id", location.id());
        Check.required("title", location.title());
        if (!KINDS.contains(location.kind())) {
            throw new InvalidCommandException(
                    "kind", "\"" + location.kind() + "\" (expected: warehouse, shop, 3pl, marketplace or virtual)");
        }
        if (location.kind().equals(MARKETPLACE)) {
            Check.name("managedBy", location.managedBy());
        } else if (location.managedBy() != null) {
            throw new InvalidCommandException(
                    "managedBy",
                    "\"" + location.managedBy() + "\" of a " + location.kind() + " (expected: nothing, or \"kind\": \""
                            + MARKETPLACE + "\")");
        }
        degrees("latitude", location.latitude(), "longitude", location.longitude(), LATITUDE_MAX);
        degrees("longitude", location.longitude(), "latitude", location.latitude(), LONGITUDE_MAX);
        String zone = location.timeZone();
        if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
            throw new InvalidCommandException(
                    "timeZone", "\"" + zone + "\" (expected: an IANA name, for example Asia/Jakarta)");
        }
    }

    private static void degrees(
            String field, @Nullable Double value, String other, @Nullable Double otherValue, double max) {
        if (value == null) {
            if (otherValue != null) {
                throw new InvalidCommandException(field, "missing (expected: both or neither of it and " + other + ")");
            }
        } else if (!(Math.abs(value) <= max)) {
            throw new InvalidCommandException(field, value + " (expected: -" + max + " to " + max + ")");
        }
    }

    static void bins(List<Catalogue.Bin> bins) {
        atMost("bins", bins.size(), Limits.BINS_MAX);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < bins.size(); i++) {
            Catalogue.Bin bin = bins.get(i);
            String field = "bins[" + i + "].";
            Check.name(field + "bin", bin.bin());
            if (bin.zone() != null) {
                Check.name(field + "zone", bin.zone());
            }
            if (bin.pickOrder() < 0) {
                throw new InvalidCommandException(field + "pickOrder", bin.pickOrder() + " (expected: >= 0)");
            }
            if (!seen.add(bin.bin())) {
                throw new InvalidCommandException(
                        field + "bin", "\"" + bin.bin() + "\" is there twice (expected: once)");
            }
        }
    }

    private static void atMost(String field, int size, int max) {
        if (size > max) {
            throw new InvalidCommandException(field, size + " (expected: at most " + max + ")");
        }
    }
}
