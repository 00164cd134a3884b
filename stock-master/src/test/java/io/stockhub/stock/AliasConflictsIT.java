package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.stock.Catalogue.AliasTakenException;
import io.stockhub.stock.Catalogue.Conflict;
import io.stockhub.stock.Catalogue.Sku;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A name never means two SKUs: who wants it second is refused, and the two are listed until it is settled. */
class AliasConflictsIT {
    private StockFixture fixture;
    private Catalogue catalogue;

    @BeforeEach
    void start() {
        fixture = new StockFixture();
        catalogue = fixture.catalogue;
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    /** What older hubs let pass: rows that {@code put} would refuse now. */
    private void older(String sql) throws SQLException {
        try (Connection connection = fixture.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void refused(Sku sku, String field, String owner) {
        assertThatThrownBy(() -> catalogue.put(sku)).isInstanceOfSatisfying(AliasTakenException.class, taken -> {
            assertThat(taken.field()).isEqualTo(field);
            assertThat(taken).hasMessageEndingWith(" belongs to SKU " + owner + " already");
        });
    }

    private List<Conflict> open() {
        return catalogue.conflicts(true, 0, 100);
    }

    private void listed(String system, String alias, String wantedBy, String owner) {
        assertThat(open()).singleElement().satisfies(conflict -> {
            assertThat(conflict.system()).isEqualTo(system);
            assertThat(conflict.alias()).isEqualTo(alias);
            assertThat(conflict.wantedBy()).isEqualTo(wantedBy);
            assertThat(conflict.owner()).isEqualTo(owner);
        });
    }

    @Test
    void anAliasOfAnotherSkuIsRefusedAndListedAndNothingElseIsWritten() {
        catalogue.put(Sku.builder("A", "A").alias("shop", "RED").build());
        Sku b = Sku.builder("B", "B").alias("shop", "RED").alias("mart", "RED").build();
        refused(b, "aliases.shop", "A");
        refused(b, "aliases.shop", "A");
        assertThat(catalogue.sku("B")).isEmpty();
        assertThat(catalogue.resolve("mart", "RED")).isEmpty();
        assertThat(catalogue.resolve("shop", "RED")).contains("A");
        listed("shop", "RED", "B", "A");
        assertThat(open().getFirst().times()).isEqualTo(2);
    }

    @Test
    void aConflictSettlesItselfWhenTheOwnerGivesTheNameUp() {
        catalogue.put(Sku.builder("A", "A").alias("shop", "RED").build());
        refused(Sku.builder("B", "B").alias("shop", "RED").build(), "aliases.shop", "A");
        catalogue.put(
                Sku.builder("A", "A, still so called").alias("shop", "RED").build());
        assertThat(open()).hasSize(1);
        catalogue.put(Sku.of("A", "A"));
        assertThat(open()).isEmpty();
        assertThat(catalogue.conflicts(false, 0, 10)).singleElement().satisfies(settled -> {
            assertThat(settled.settledAt()).isNotNull();
            assertThat(settled.settledBy()).isNull();
        });
    }

    @Test
    void aConflictSettlesItselfWhenTheOtherWantsTheNameNoMore() {
        catalogue.put(Sku.builder("A", "A").alias("shop", "RED").build());
        refused(Sku.builder("B", "B").alias("shop", "RED").build(), "aliases.shop", "A");
        catalogue.put(Sku.builder("B", "B").alias("shop", "RED-B").build());
        assertThat(open()).isEmpty();
    }

    @Test
    void aConflictSettlesItselfWhenTheOwnerGetsAnotherNameThanItsCode() {
        catalogue.put(Sku.of("B", "B"));
        refused(Sku.builder("A", "A").alias("shop", "B").build(), "aliases.shop", "B");
        catalogue.put(Sku.builder("B", "B").alias("mart", "B-AT-MART").build());
        listed("shop", "B", "A", "B");
        catalogue.put(Sku.builder("B", "B").alias("shop", "B-AT-SHOP").build());
        assertThat(open()).isEmpty();
    }

    @Test
    void aConflictThatSomebodySettledOpensAgainWhenItIsMetAgain() {
        catalogue.put(Sku.builder("A", "A").alias("shop", "RED").build());
        Sku b = Sku.builder("B", "B").alias("shop", "RED").build();
        refused(b, "aliases.shop", "A");
        long id = open().getFirst().id();
        Conflict settled = catalogue.settle(id, "paul").orElseThrow();
        assertThat(settled.open()).isFalse();
        assertThat(settled.settledBy()).isEqualTo("paul");
        assertThat(catalogue.settle(id, "otto").orElseThrow().settledBy()).isEqualTo("paul");
        assertThat(catalogue.settle(4711, "paul")).isEmpty();
        assertThat(open()).isEmpty();
        refused(b, "aliases.shop", "A");
        assertThat(open().getFirst().id()).isEqualTo(id);
        assertThat(open().getFirst().settledBy()).isNull();
    }

    @Test
    void theCodeOfAnotherSkuIsNoAliasWhereThatOneIsListedUnderIt() {
        catalogue.put(Sku.builder("B", "B").alias("mart", "B-AT-MART").build());
        refused(Sku.builder("A", "A").alias("shop", "B").build(), "aliases.shop", "B");
        listed("shop", "B", "A", "B");
        catalogue.put(Sku.builder("A", "A").alias("mart", "B").build());
        assertThat(catalogue.resolve("mart", "B")).contains("A");
        refused(Sku.of("B", "B"), "sku", "A");
    }

    @Test
    void aNewSkuCannotBeCalledWhatAnotherIsCalledSomewhere() {
        catalogue.put(Sku.builder("A", "A").alias("shop", "RED").build());
        refused(Sku.of("RED", "Red"), "sku", "A");
        listed("shop", "RED", "RED", "A");
        refused(Sku.builder("RED", "Red").alias("shop").build(), "sku", "A");
        catalogue.put(Sku.builder("RED", "Red").alias("shop", "RED-2").build());
        assertThat(catalogue.resolve("shop", "RED")).contains("A");
        assertThat(open()).isEmpty();
    }

    @Test
    void twoSkusHaveNotTheSameGtinHoweverItIsWritten() {
        catalogue.put(Sku.builder("A", "A").gtin("036000291452").build());
        refused(Sku.builder("B", "B").gtin("00036000291452").build(), "gtin", "A");
        listed("gtin", "00036000291452", "B", "A");
        catalogue.put(Sku.of("A", "A"));
        assertThat(open()).isEmpty();
        catalogue.put(Sku.builder("B", "B").gtin("00036000291452").build());
        assertThat(catalogue.resolve("erp", "0036000291452")).contains("B");
    }

    @Test
    void theGtinOfOneSkuIsNeitherAliasNorCodeOfAnother() {
        catalogue.put(Sku.builder("A", "A").gtin("036000291452").build());
        refused(Sku.builder("B", "B").alias("shop", "0036000291452").build(), "aliases.shop", "A");
        refused(Sku.of("036000291452", "Its number"), "sku", "A");
        assertThat(open()).hasSize(2);
        catalogue.put(Sku.builder("C", "C").alias("shop", "96385074").build());
        refused(Sku.builder("D", "D").gtin("000096385074").build(), "gtin", "C");
        catalogue.put(Sku.of("4006381333931", "Called by its number"));
        refused(Sku.builder("E", "E").gtin("4006381333931").build(), "gtin", "4006381333931");
        catalogue.put(Sku.builder("A", "A")
                .gtin("036000291452")
                .alias("ean", "0036000291452")
                .build());
        assertThat(catalogue.resolve("ean", "0036000291452")).contains("A");
    }

    @Test
    void aNameThatOlderHubsGaveToTwoMeansNobodyAndIsListed() throws SQLException {
        catalogue.put(Sku.of("A", "A"));
        catalogue.put(Sku.of("B", "B"));
        older("insert into sku_alias (system, alias, sku) values ('shop', 'B', 'A')");
        assertThat(catalogue.resolve("shop", "B")).isEmpty();
        assertThat(catalogue.resolve("shop", "A")).contains("A");
        listed("shop", "B", "B", "A");
        catalogue.put(Sku.builder("A", "A").alias("shop", "A-AT-SHOP").build());
        assertThat(open()).isEmpty();
        assertThat(catalogue.resolve("shop", "B")).contains("B");
    }

    @Test
    void aGtinThatOlderHubsGaveToTwoMeansNobodyAndIsListed() throws SQLException {
        catalogue.put(Sku.of("A", "A"));
        catalogue.put(Sku.of("B", "B"));
        older("update sku set gtin = '96385074'");
        assertThat(catalogue.resolve("erp", "96385074")).isEmpty();
        listed("erp", "96385074", "B", "A");
        catalogue.put(Sku.of("B", "B"));
        assertThat(open()).isEmpty();
        assertThat(catalogue.resolve("erp", "96385074")).contains("A");
    }

    @Test
    void conflictsAreReadPageByPage() {
        catalogue.put(Sku.builder("A", "A").alias("shop", "1", "2", "3").build());
        assertThatThrownBy(() -> catalogue.put(
                        Sku.builder("B", "B").alias("shop", "1", "2", "3").build()))
                .isInstanceOf(AliasTakenException.class);
        List<Conflict> first = catalogue.conflicts(null, 0, 2);
        assertThat(first).extracting(Conflict::alias).containsExactly("1", "2");
        assertThat(catalogue.conflicts(null, first.getLast().id(), 2))
                .extracting(Conflict::alias)
                .containsExactly("3");
    }
}
