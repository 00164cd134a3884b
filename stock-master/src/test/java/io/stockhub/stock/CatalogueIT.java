package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.stock.Catalogue.Sku;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CatalogueIT {
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

    private void execute(String sql) throws SQLException {
        try (Connection connection = fixture.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> told() throws SQLException {
        try (Connection connection = fixture.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery("delete from changed_sku returning sku");
            TreeSet<String> told = new TreeSet<>();
            while (row.next()) {
                told.add(row.getString(1));
            }
            return List.copyOf(told);
        }
    }

    private void refused(Sku sku, String message) {
        assertThatThrownBy(() -> catalogue.put(sku))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aSkuIsReadAsItWasWritten() {
        catalogue.put(Sku.of("MUG", "Mug"));
        Sku set = Sku.builder("SET", "Set of six")
                .gtin("4006381333931")
                .baseUnit("ST")
                .unit("CA", 12)
                .component("MUG", 6)
                .assembled(true)
                .tracking(Tracking.LOT)
                .cost(new BigDecimal("12.5"))
                .weightGrams(2400L)
                .abcClass("A")
                .alias("shop", "SIX", "MUGS-6")
                .alias("erp", "4711")
                .build();
        assertThat(catalogue.put(set)).isTrue();
        assertThat(catalogue.put(set)).isFalse();
        Sku sorted = Sku.builder("SET", "Set of six")
                .gtin("4006381333931")
                .baseUnit("ST")
                .unit("CA", 12)
                .component("MUG", 6)
                .assembled(true)
                .tracking(Tracking.LOT)
                .cost(new BigDecimal("12.5"))
                .weightGrams(2400L)
                .abcClass("A")
                .alias("shop", "MUGS-6", "SIX")
                .alias("erp", "4711")
                .build();
        assertThat(catalogue.sku("SET")).contains(sorted);
        assertThat(catalogue.sku("GHOST")).isEmpty();
        catalogue.put(Sku.of("SET", "Set"));
        assertThat(catalogue.sku("SET")).contains(Sku.of("SET", "Set"));
    }

    @Test
    void manyNamesLeadToOneSku() {
        catalogue.put(Sku.builder("TEE", "Tee")
                .alias("shop", "RED-M", "RED-MEDIUM")
                .alias("mart", "T-1")
                .gtin("036000291452")
                .build());
        assertThat(catalogue.resolve("shop", "RED-M")).contains("TEE");
        assertThat(catalogue.resolve("shop", "RED-MEDIUM")).contains("TEE");
        assertThat(catalogue.resolve("mart", "RED-M")).isEmpty();
        assertThat(catalogue.resolve("erp", "TEE")).contains("TEE");
        assertThat(catalogue.resolve("erp", "036000291452")).contains("TEE");
        assertThat(catalogue.resolve("erp", "00036000291452")).contains("TEE");
        assertThat(catalogue.aliases(List.of("TEE", "GHOST")))
                .isEqualTo(Map.of("TEE", Map.of("shop", List.of("RED-M", "RED-MEDIUM"), "mart", List.of("T-1"))));
        assertThat(catalogue.conflicts(null, 0, 10)).isEmpty();
    }

    @Test
    void unitsOfManySkusAreOneQuestion() {
        catalogue.put(Sku.builder("TEE", "Tee").unit("CA", 12).unit("PL", 480).build());
        catalogue.put(Sku.builder("WIRE", "Wire").baseUnit("MTR").build());
        assertThat(catalogue.units(List.of("TEE", "WIRE", "GHOST")))
                .isEqualTo(Map.of(
                        "TEE", new Units("EA", Map.of("CA", 12L, "PL", 480L)), "WIRE", new Units("MTR", Map.of())));
    }

    @Test
    void aFactorChangesFreelyUntilTheSkuHasMoved() {
        catalogue.put(Sku.builder("TEE", "Tee").unit("CA", 10).build());
        catalogue.put(Sku.builder("TEE", "Tee").unit("CA", 12).build());
        fixture.receive("TEE", "NORTH", 24);
        fixture.adjust("TEE", "NORTH", -24);
        catalogue.put(Sku.builder("TEE", "Tee").unit("CA", 12).unit("PL", 480).build());
        refused(
                Sku.builder("TEE", "Tee").unit("CA", 24).build(),
                "units.CA: 24, but TEE has moved in CA of 12 (expected: 12, or a new name for the new unit, for example"
                        + " CA-24)");
        assertThat(catalogue.units(List.of("TEE")).get("TEE").factors()).isEqualTo(Map.of("CA", 12L, "PL", 480L));
    }

    @Test
    void aUnitThatWasTakenAwayNeverComesBackWithAnotherFactor() {
        catalogue.put(Sku.builder("TEE", "Tee").unit("CA", 12).build());
        fixture.receive("TEE", "NORTH", 24);
        catalogue.put(Sku.of("TEE", "Tee"));
        assertThat(catalogue.units(List.of("TEE")).get("TEE").factors()).isEmpty();
        refused(Sku.builder("TEE", "Tee").unit("CA", 24).build(), "units.CA: 24");
        catalogue.put(Sku.builder("TEE", "Tee").unit("CA", 12).build());
        assertThat(catalogue.units(List.of("TEE")).get("TEE").factors()).isEqualTo(Map.of("CA", 12L));
    }

    @Test
    void theBaseUnitAndTheTrackingStayWhileThereIsStock() {
        catalogue.put(Sku.of("TEE", "Tee"));
        catalogue.put(Sku.builder("TEE", "Tee").baseUnit("PR").build());
        fixture.receive("TEE", "NORTH", 3);
        refused(Sku.of("TEE", "Tee"), "baseUnit: \"EA\", but all that TEE ever moved was counted in PR");
        refused(
                Sku.builder("TEE", "Tee").baseUnit("PR").tracking(Tracking.LOT).build(),
                "tracking: \"lot\", but TEE has 3 units of its own (3 available)");
        fixture.adjust("TEE", "NORTH", -3);
        catalogue.put(
                Sku.builder("TEE", "Tee").baseUnit("PR").tracking(Tracking.LOT).build());
        assertThat(catalogue.sku("TEE").orElseThrow().tracking()).isEqualTo(Tracking.LOT);
        refused(Sku.builder("TEE", "Tee").tracking(Tracking.LOT).build(), "baseUnit");
    }

    @Test
    void bundlesExplodeToStockedSkusAndKitsAreStocked() {
        for (String sku : List.of("MUG", "TRAY", "CARD")) {
            catalogue.put(Sku.of(sku, sku));
        }
        catalogue.put(Sku.builder("SET", "Set")
                .component("MUG", 3)
                .component("TRAY", 1)
                .build());
        catalogue.put(
                Sku.builder("KIT", "Kit").component("TRAY", 2).assembled(true).build());
        catalogue.put(Sku.builder("GIFT", "Gift")
                .component("SET", 2)
                .component("MUG", 1)
                .component("KIT", 1)
                .build());
        assertThat(partsOf("GIFT")).isEqualTo(Map.of("MUG", 7L, "TRAY", 2L, "KIT", 1L));
        assertThat(partsOf("SET")).isEqualTo(Map.of("MUG", 3L, "TRAY", 1L));
        assertThat(partsOf("KIT")).as("it has stock of its own").isEmpty();
        assertThat(partsOf("MUG")).isEmpty();
    }

    private Map<String, Long> partsOf(String sku) {
        return fixture.queries.stock(sku, StockQueries.AsOf.NOW).orElseThrow().components().stream()
                .collect(Collectors.toMap(StockQueries.Component::sku, StockQueries.Component::quantity));
    }

    @Test
    void aChangeOfAPartIsNewsOfEveryBundleThatHoldsIt() throws SQLException {
        catalogue.put(Sku.of("MUG", "Mug"));
        catalogue.put(Sku.builder("SET", "Set").component("MUG", 3).build());
        catalogue.put(
                Sku.builder("KIT", "Kit").component("SET", 3).assembled(true).build());
        catalogue.put(Sku.builder("GIFT", "Gift").component("SET", 3).build());
        told();
        catalogue.put(Sku.builder("SET", "Set").component("MUG", 4).build());
        assertThat(told()).containsExactly("GIFT", "SET");
    }

    @Test
    void circlesUnknownPartsAndDeepNestingAreRefused() {
        catalogue.put(Sku.of("LEAF", "Leaf"));
        catalogue.put(Sku.of("B", "B"));
        catalogue.put(Sku.builder("A", "A").component("B", 1).build());
        refused(Sku.builder("B", "B").component("A", 1).build(), "components: B > A > B is a circle");
        refused(Sku.builder("NEW", "New").component("NEW", 1).build(), "components: NEW > NEW is a circle");
        refused(
                Sku.builder("C", "C").component("LEAF", 1).component("GHOST", 1).build(),
                "components[1].sku: \"GHOST\" is no SKU");
        assertThat(catalogue.sku("C")).isEmpty();
        for (int i = 8; i >= 1; i--) {
            catalogue.put(Sku.builder("N" + i, "N")
                    .component(i == 8 ? "LEAF" : "N" + (i + 1), 1)
                    .build());
        }
        refused(Sku.builder("N0", "N").component("N1", 1).build(), "components: nested 9 deep");
        refused(Sku.builder("LEAF", "Leaf").component("B", 1).build(), "components: nested 9 deep");
    }

    @Test
    void aSkuWithStockOfItsOwnCannotBecomeABundle() {
        catalogue.put(Sku.of("MUG", "Mug"));
        catalogue.put(Sku.of("SET", "Set"));
        fixture.receive("SET", "NORTH", 12);
        Sku bundle = Sku.builder("SET", "Set").component("MUG", 6).build();
        refused(
                bundle,
                "components: SET has 12 units of its own (12 available), and a bundle has none (expected: write them off,"
                        + " or say \"assembled\": true)");
        catalogue.put(
                Sku.builder("SET", "Set").component("MUG", 6).assembled(true).build());
        refused(bundle, "SET has 12 units of its own");
        fixture.adjust("SET", "NORTH", -12);
        catalogue.put(bundle);
        assertThat(partsOf("SET")).isEqualTo(Map.of("MUG", 6L));
    }

    @Test
    void twoWritersCannotBuildACircleTogether() throws Exception {
        for (int round = 0; round < 20; round++) {
            String a = "A" + round;
            String b = "B" + round;
            catalogue.put(Sku.of(a, a));
            catalogue.put(Sku.of(b, b));
            List<Callable<Boolean>> writers = List.of(
                    () -> catalogue.put(Sku.builder(a, a).component(b, 1).build()),
                    () -> catalogue.put(Sku.builder(b, b).component(a, 1).build()));
            int refusals = 0;
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                for (Future<Boolean> writer : threads.invokeAll(writers)) {
                    refusals += writer.state() == Future.State.FAILED ? 1 : 0;
                }
            }
            assertThat(refusals).isEqualTo(1);
        }
    }

    /** The ledger has the SKU's row and has written stock, but not committed, when the SKU is to become a bundle. */
    @Test
    @Timeout(60)
    void stockThatArrivesMeanwhileIsSeen() throws Exception {
        catalogue.put(Sku.of("MUG", "Mug"));
        catalogue.put(Sku.of("SET", "Set"));
        try (ExecutorService thread = Executors.newSingleThreadExecutor();
                Connection ledger = fixture.dataSource().getConnection();
                Statement statement = ledger.createStatement()) {
            ledger.setAutoCommit(false);
            statement.execute("select from sku where sku = 'SET' for no key update");
            statement.execute("insert into account (sku, location, state, quantity)"
                    + " values ('SET', 'NORTH', 'available', 5)");
            Future<Boolean> put = thread.submit(() ->
                    catalogue.put(Sku.builder("SET", "Set").component("MUG", 6).build()));
            while (!somebodyWaits()) {
                Thread.onSpinWait();
            }
            ledger.commit();
            assertThatThrownBy(put::get).hasMessageContaining("SET has 5 units of its own");
        }
    }

    /** Asked on a connection of its own: within one transaction the answer never changes. */
    private boolean somebodyWaits() throws SQLException {
        try (Connection connection = fixture.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery("select exists (select from pg_stat_activity"
                    + " where wait_event_type = 'Lock' and datname = current_database())");
            row.next();
            return row.getBoolean(1);
        }
    }

    @Test
    void aLocationIsReadAsItWasWritten() {
        Catalogue.Location fba = new Catalogue.Location(
                "FBA", "Run by them", "marketplace", "ID", "JK", "10110", 7, "mart", -6.2, 106.8, "Asia/Jakarta");
        assertThat(catalogue.put(fba)).isTrue();
        assertThat(catalogue.put(fba)).isFalse();
        assertThat(catalogue.location("FBA")).contains(fba);
        assertThat(catalogue.location("GHOST")).isEmpty();
    }

    @Test
    void binsAreReplacedAndOnesThatHoldStockStay() throws SQLException {
        catalogue.put(Sku.of("TEE", "Tee"));
        assertThat(catalogue.putBins("GHOST", List.of())).isFalse();
        assertThat(catalogue.putBins(
                        "NORTH", List.of(new Catalogue.Bin("B-1", null, 20), new Catalogue.Bin("A-1", "A", 10))))
                .isTrue();
        assertThat(catalogue.bins("NORTH"))
                .containsExactly(new Catalogue.Bin("A-1", "A", 10), new Catalogue.Bin("B-1", null, 20));
        assertThat(catalogue.bins("SOUTH")).isEmpty();
        execute("insert into account (account_id, sku, location, state, bin, quantity)"
                + " values (900001, 'TEE', 'NORTH', 'available', 'A-1', 4)");
        List<Catalogue.Bin> other = List.of(new Catalogue.Bin("C-1", "C", 1));
        assertThatThrownBy(() -> catalogue.putBins("NORTH", other))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessageContaining("bins: \"A-1\" is missing and holds 4 of TEE");
        assertThat(catalogue.bins("NORTH")).hasSize(2);
        execute("update account set quantity = 0 where account_id = 900001");
        catalogue.putBins("NORTH", other);
        assertThat(catalogue.bins("NORTH")).isEqualTo(other);
        catalogue.putBins("NORTH", List.of());
        assertThat(catalogue.bins("NORTH")).isEmpty();
    }
}
