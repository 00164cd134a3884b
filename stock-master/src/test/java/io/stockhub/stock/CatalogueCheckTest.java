package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.stock.Catalogue.Location;
import io.stockhub.stock.Catalogue.Sku;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CatalogueCheckTest {
    private static SkuBuilder sku() {
        return Sku.builder("A", "A");
    }

    private static DynamicTest wrong(String message, SkuBuilder sku) {
        return DynamicTest.dynamicTest(
                message, () -> assertThatThrownBy(() -> sku.build().check())
                        .isInstanceOf(InvalidCommandException.class)
                        .hasMessageStartingWith(message));
    }

    @TestFactory
    Stream<DynamicTest> aWrongFieldOfASkuIsNamed() {
        return Stream.of(
                wrong("sku: missing", Sku.builder(" ", "A")),
                wrong("title: missing", Sku.builder("A", "")),
                wrong("gtin: \"4006381333930\" (expected: check digit 1)", sku().gtin("4006381333930")),
                wrong("baseUnit: missing", sku().baseUnit("")),
                wrong("units.CA: 0 (expected: >= 1)", sku().unit("CA", 0)),
                wrong("units.CA: 1000000001", sku().unit("CA", 1_000_000_001)),
                wrong("units.EA: 12 (expected: 1, for it is the base unit)", sku().unit("EA", 12)),
                wrong("components[0].quantity: 0 (expected: >= 1)", sku().component("B", 0)),
                wrong(
                        "components[1].sku: \"B\" is there twice",
                        sku().component("B", 1).component("B", 2)),
                wrong("assembled: true without components", sku().assembled(true)),
                wrong("tracking: \"lot\" of a bundle", sku().component("B", 1).tracking(Tracking.LOT)),
                wrong("cost: -1 (expected: 0 to 1000000000000", sku().cost(new BigDecimal("-1"))),
                wrong("cost: 0.1234567", sku().cost(new BigDecimal("0.1234567"))),
                wrong("cost: 1E+13", sku().cost(new BigDecimal("1E+13"))),
                wrong("weightGrams: -1", sku().weightGrams(-1L)),
                wrong("abc: \"D\" (expected: A, B or C)", sku().abcClass("D")),
                wrong("aliases.shop: missing", sku().alias("shop", " ")),
                wrong("aliases.shop: \"X\" is there twice", sku().alias("shop", "X", "X")),
                wrong("aliases.ean: \"4006381333930\" (expected: check digit 1)", sku().alias("ean", "4006381333930")),
                wrong("aliases.upc: \"X\" (expected: 8, 12, 13 or 14 digits)", sku().alias("upc", "X")),
                wrong("aliases.gtin: \"X\"", sku().alias("gtin", "X")));
    }

    @Test
    void aUnitOfOneAndTheBaseUnitItselfAreFine() {
        Sku fine = sku().unit("PC", 1).unit("EA", 1).cost(new BigDecimal("0.5")).build();
        assertThatCode(fine::check).doesNotThrowAnyException();
    }

    private static DynamicTest wrong(String message, Location location) {
        return DynamicTest.dynamicTest(message, () -> assertThatThrownBy(location::check)
                .isInstanceOf(InvalidCommandException.class)
                .hasMessageStartingWith(message));
    }

    private static Location at(
            String kind,
            @Nullable String managedBy,
            @Nullable Double lat,
            @Nullable Double lon,
            @Nullable String zone) {
        return new Location("L", "L", kind, null, null, null, 1, managedBy, lat, lon, zone);
    }

    @TestFactory
    Stream<DynamicTest> aWrongFieldOfALocationIsNamed() {
        return Stream.of(
                wrong(
                        "kind: \"moon\" (expected: warehouse, shop, 3pl, marketplace or virtual)",
                        at("moon", null, null, null, null)),
                wrong("managedBy: missing", at("marketplace", null, null, null, null)),
                wrong("managedBy: \"mart\" of a warehouse", at("warehouse", "mart", null, null, null)),
                wrong("latitude: 90.1", at("shop", null, 90.1, 0.0, null)),
                wrong("latitude: NaN", at("shop", null, Double.NaN, 0.0, null)),
                wrong("longitude: -180.5", at("shop", null, 0.0, -180.5, null)),
                wrong("longitude: missing", at("shop", null, 0.0, null, null)),
                wrong("latitude: missing", at("shop", null, null, 0.0, null)),
                wrong("timeZone: \"Asia/Jakata\"", at("shop", null, null, null, "Asia/Jakata")),
                wrong("timeZone: \"+07:00\"", at("shop", null, null, null, "+07:00")));
    }

    @Test
    void everyKindOfLocationIsKnown() {
        for (String kind : List.of("warehouse", "shop", "3pl", "virtual")) {
            assertThatCode(at(kind, null, -90.0, 180.0, "Asia/Jakarta")::check).doesNotThrowAnyException();
        }
        assertThatCode(at("marketplace", "mart", null, null, null)::check).doesNotThrowAnyException();
    }

    @Test
    void binsAreBoundedAndNamedOnce() {
        Catalogue.Bin bin = new Catalogue.Bin("A-1", null, 1);
        assertThatThrownBy(() -> Catalogue.Bin.check(List.of(bin, bin)))
                .hasMessageStartingWith("bins[1].bin: \"A-1\" is there twice");
        assertThatThrownBy(() -> Catalogue.Bin.check(List.of(new Catalogue.Bin("", null, 1))))
                .hasMessageStartingWith("bins[0].bin: missing");
        assertThatThrownBy(() -> Catalogue.Bin.check(List.of(new Catalogue.Bin("A", "", 1))))
                .hasMessageStartingWith("bins[0].zone: missing");
        assertThatThrownBy(() -> Catalogue.Bin.check(List.of(new Catalogue.Bin("A", null, -1))))
                .hasMessageStartingWith("bins[0].pickOrder: -1");
        assertThatThrownBy(() -> Catalogue.Bin.check(Collections.nCopies(100_001, bin)))
                .hasMessage("bins: 100001 (expected: at most 100000)");
    }
}
