package io.stockhub.stock;

import static io.stockhub.stock.Command.Policy.ALL_OR_NOTHING;
import static io.stockhub.stock.StockFixture.line;
import static io.stockhub.stock.StockFixture.move;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.jdbc.Batch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A writer remembers locations, rules and recipes; what changed since is never decided by. */
class MasterDataIT {
    private StockFixture stock;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        List.of("TEE", "MUG", "PEN").forEach(stock::sku);
        stock.bundle("SET", "TEE", 1);
        for (String sku : List.of("TEE", "MUG", "PEN")) {
            stock.receive(sku, "NORTH", 10);
        }
        stock.held(stock.master.execute(stock.order("before", ALL_OR_NOTHING, line("SET", 1))));
    }

    @AfterEach
    void verify() throws Exception {
        assertThat(stock.queries.verify().passes())
                .as("%s", stock.queries.verify())
                .isTrue();
        stock.close();
    }

    private List<String> got(Answer answer) {
        return stock.held(answer).lines().getFirst().allocations().stream()
                .map(Reservation.Allocation::sku)
                .toList();
    }

    private Answer order(String orderRef) {
        return stock.master.execute(stock.order(orderRef, ALL_OR_NOTHING, line("SET", 1)));
    }

    @Test
    void aBundleThatIsMadeOfSomethingElseNowIsTakenApartAnew() {
        stock.sql("update sku_component set component = 'MUG' where sku = 'SET'");
        assertThat(got(order("1"))).containsExactly("MUG");

        stock.sql("insert into sku_component (sku, component, quantity) values ('SET', 'PEN', 2)");
        assertThat(got(order("2"))).containsExactly("MUG", "PEN");

        stock.sql("delete from sku_component where sku = 'SET' and component = 'MUG'");
        assertThat(got(order("3"))).containsExactly("PEN");
    }

    @Test
    void aBundleInsideABundleCounts() {
        stock.sku("CRATE");
        stock.sql("insert into sku_component (sku, component, quantity) values ('CRATE', 'SET', 1)");
        assertThat(got(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("CRATE", 1)))))
                .containsExactly("TEE");

        stock.sql("update sku_component set component = 'MUG' where sku = 'SET'");

        assertThat(got(stock.master.execute(stock.order("2", ALL_OR_NOTHING, line("CRATE", 1)))))
                .containsExactly("MUG");
    }

    @Test
    void aBundleThatBecameAKitHasStockOfItsOwn() {
        stock.sql("update sku set assembled = true where sku = 'SET'");

        assertThat(order("1")).isInstanceOf(Answer.InsufficientStock.class);
    }

    @Test
    void aBundleInsideABundleThatBecameAKitIsTakenAsOne() {
        stock.sku("CRATE");
        stock.sql("insert into sku_component (sku, component, quantity) values ('CRATE', 'SET', 1)");
        stock.held(stock.master.execute(stock.order("1", ALL_OR_NOTHING, line("CRATE", 1))));

        stock.sql("update sku set assembled = true where sku = 'SET'");

        assertThat(stock.master.execute(stock.order("2", ALL_OR_NOTHING, line("CRATE", 1))))
                .isInstanceOf(Answer.InsufficientStock.class);
    }

    @Test
    void aRecipeThatChangesWhileTheOrderWaitsForItsLockIsTheOneThatCounts() throws Exception {
        try (Batch holdUp =
                Batch.locked(stock.dataSource(), move(MovementKind.RECEIPT, "NORTH", null, line("TEE", 1)))) {
            CompletableFuture<Answer> waiting = stock.master.submit(stock.order("1", ALL_OR_NOTHING, line("SET", 1)));
            while (stock.rows("select pid from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and datname = current_database()")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            stock.sql("update sku_component set component = 'MUG' where sku = 'SET'");
            holdUp.commit();

            assertThat(got(waiting.get())).containsExactly("MUG");
        }
    }

    @Test
    void aNewLocationAndOneThatAMarketplaceTookOverAreKnownAtOnce() {
        stock.catalogue.put(new Catalogue.Location("EAST", "East", "warehouse", null, null, null, 3));
        assertThat(stock.receive("TEE", "EAST", 5)).isInstanceOf(Answer.Moved.class);

        stock.sql("update location set kind = 'marketplace', managed_by = 'amazon' where location_id = 'EAST'");

        assertThat(stock.receive("TEE", "EAST", 5)).isNotInstanceOf(Answer.Moved.class);
    }

    @Test
    void aBinThatIsTheFirstOfItsPlaceIsKnownAtOnce() {
        Command toNowhere = move(MovementKind.RECEIPT, "NORTH", null, line("TEE", 1, goods -> goods.withBin("A-1")));
        Answer before = stock.master.execute(toNowhere);
        stock.sql("insert into bin (location, bin) values ('NORTH', 'B-1')");

        Answer after = stock.master.execute(toNowhere);

        assertThat(after).as("before: %s", before).isNotInstanceOf(Answer.Moved.class);
        stock.sql("insert into bin (location, bin) values ('NORTH', 'A-1')");
        assertThat(stock.master.execute(toNowhere)).isInstanceOf(Answer.Moved.class);
    }

    @Test
    void rulesThatWereAppliedHoldForTheNextOrder() {
        stock.rules(
                """
                routing:
                  lanes:
                    - {from: NORTH, to: {country: ID}, cost: 900}
                    - {from: SOUTH, to: {country: ID}, cost: 100}
                """);

        stock.receive("TEE", "SOUTH", 10);
        Reservation order = stock.held(stock.master.execute(new Command.Reserve(
                "shop",
                "1",
                ALL_OR_NOTHING,
                new Command.ShipTo("ID", null, null),
                null,
                "t",
                null,
                List.of(line("TEE", 1)))));
        assertThat(order.lines().getFirst().allocations().getFirst().location())
                .as("the cheaper lane, not the first location")
                .isEqualTo("SOUTH");
    }

    @Test
    void whatChangesNothingOfThisCountsNothingUp() {
        long before = stock.number("select version from master_data");

        stock.sku("TEE");
        stock.sql("update sku_component set quantity = quantity where false");
        stock.receive("TEE", "NORTH", 1);

        assertThat(stock.number("select version from master_data")).isEqualTo(before);
    }
}
