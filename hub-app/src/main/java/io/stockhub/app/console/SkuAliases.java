package io.stockhub.app.console;

import io.stockhub.stock.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gives a SKU one more name, so that a person can look what it mends before anything is sent again. */
final class SkuAliases {
    private final Catalogue catalogue;

    SkuAliases(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Done twice it changes nothing more.
     *
     * @throws IllegalArgumentException when there is no such SKU
     * @throws Catalogue.AliasTakenException when the name could mean another SKU, too
     */
    void add(String system, String name, String ours) {
        Catalogue.Sku sku = catalogue
                .sku(ours)
                .orElseThrow(() -> new IllegalArgumentException("sku: there is no SKU \"" + ours + "\""));
        Map<String, List<String>> aliases = new TreeMap<>(sku.aliases());
        List<String> names = new ArrayList<>(aliases.getOrDefault(system, List.of()));
        if (names.contains(name)) {
            return;
        }
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
}
