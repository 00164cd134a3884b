package io.stockhub.stock;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a {@link Catalogue.Sku} field by field; what is not said keeps its default. */
public final class SkuBuilder {
    private final String sku;
    private final String title;
    private final Map<String, Long> units = new TreeMap<>();
    private final List<Catalogue.Component> components = new ArrayList<>();
    private final Map<String, List<String>> aliases = new TreeMap<>();
    private @Nullable String gtin;
    private String baseUnit = Units.EACH;
    private boolean assembled;
    private Tracking tracking = Tracking.NONE;
    private @Nullable BigDecimal cost;
    private @Nullable Long weightGrams;
    private @Nullable String abcClass;

    SkuBuilder(String sku, String title) {
        this.sku = sku;
        this.title = title;
    }

    public SkuBuilder gtin(@Nullable String digits) {
        gtin = digits;
        return this;
    }

    public SkuBuilder baseUnit(String unit) {
        baseUnit = unit;
        return this;
    }

    /** One {@code unit} is {@code factor} base units. */
    public SkuBuilder unit(String unit, long factor) {
        units.put(unit, factor);
        return this;
    }

    public SkuBuilder component(String component, long quantity) {
        components.add(new Catalogue.Component(component, quantity));
        return this;
    }

    public SkuBuilder assembled(boolean isKit) {
        assembled = isKit;
        return this;
    }

    public SkuBuilder tracking(Tracking how) {
        tracking = how;
        return this;
    }

    public SkuBuilder cost(@Nullable BigDecimal perUnit) {
        cost = perUnit;
        return this;
    }

    public SkuBuilder weightGrams(@Nullable Long grams) {
        weightGrams = grams;
        return this;
    }

    public SkuBuilder abcClass(@Nullable String letter) {
        abcClass = letter;
        return this;
    }

    /** Adds names that {@code system} has for it. */
    public SkuBuilder alias(String system, String... names) {
        aliases.computeIfAbsent(system, key -> new ArrayList<>()).addAll(List.of(names));
        return this;
    }

    public Catalogue.Sku build() {
        return new Catalogue.Sku(
                sku,
                title,
                gtin,
                baseUnit,
                units,
                components,
                assembled,
                tracking,
                cost,
                weightGrams,
                abcClass,
                aliases);
    }
}
