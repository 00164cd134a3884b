package io.stockhub.stock;

import static io.stockhub.stock.Command.Policy.ALL_OR_NOTHING;
import static io.stockhub.stock.StockFixture.code;
import static io.stockhub.stock.StockFixture.line;
import static io.stockhub.stock.StockFixture.move;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.jdbc.JdbcStockMaster;
import io.stockhub.stock.ledger.OrderRules;
import io.stockhub.stock.routing.Order;
import io.stockhub.stock.routing.Plan;
import io.stockhub.stock.routing.Stock;
import io.stockhub.stock.routing.Take;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reversal may not do; what it does is in the scenarios. */
class ReversalIT {
    private StockFixture stock;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        stock.sku("MUG");
    }

    @AfterEach
    void verify() throws Exception {
        assertThat(stock.queries.verify().passes())
                .as("%s", stock.queries.verify())
                .isTrue();
        stock.close();
    }

    @Test
    void theEndOfAnInboundIsNotReversedAndNeitherIsWhatItAnnounced() {
        long announced = stock.moved(move(MovementKind.EXPECT, "NORTH", "ASN", line("TEE", 10)));
        long less = stock.moved(move(MovementKind.EXPECT, "NORTH", "ASN", line("TEE", 8)));
        long closed = stock.moved(new Command.CloseInbound(
                "NORTH",
                "ASN",
                "t",
                null,
                List.of(new Command.Resolution("TEE", DiscrepancyKind.SHORT, "accepted", null))));

        assertThat(code(stock.reverse(closed))).isEqualTo("inbound-closed");
        assertThat(code(stock.reverse(less))).isEqualTo("inbound-closed");
        assertThat(code(stock.reverse(announced))).isEqualTo("inbound-closed");
    }

    @Test
    void announcingLessThanCameAndThenMoreExpectsOnlyWhatIsStillToCome() {
        stock.moved(move(MovementKind.EXPECT, "NORTH", "ASN", line("TEE", 10)));
        stock.moved(move(MovementKind.RECEIPT, "NORTH", "ASN", line("TEE", 10)));
        stock.moved(move(MovementKind.EXPECT, "NORTH", "ASN", line("TEE", 6)));

        stock.moved(move(MovementKind.EXPECT, "NORTH", "ASN", line("TEE", 12)));

        assertThat(stock.units("TEE", StockState.EXPECTED)).isEqualTo(2);
    }

    @Test
    void theCostOfAnAnnouncedReceiptIsTakenBackWithIt() {
        stock.moved(move(
                MovementKind.RECEIPT, "NORTH", null, line("TEE", 10, goods -> goods.withUnitCost(BigDecimal.ONE))));
        stock.moved(move(MovementKind.EXPECT, "NORTH", "ASN", line("TEE", 10)));
        long dear = stock.moved(move(
                MovementKind.RECEIPT, "NORTH", "ASN", line("TEE", 10, goods -> goods.withUnitCost(BigDecimal.TEN))));

        stock.moved(new Command.Reverse(dear, null, "t", null));

        assertThat(stock.rows("select average from sku_cost")).containsExactly("1.000000");
    }

    @Test
    void linesOfOneReceiptWithTheirOwnCostsAverageLikeOneAfterTheOther() {
        stock.moved(move(
                MovementKind.RECEIPT, "NORTH", null, line("TEE", 10, goods -> goods.withUnitCost(BigDecimal.ONE))));

        stock.moved(move(
                MovementKind.RECEIPT,
                "NORTH",
                null,
                line("TEE", 10, goods -> goods.withUnitCost(BigDecimal.TWO)),
                line("TEE", 10, goods -> goods.withUnitCost(new BigDecimal(3)))));

        assertThat(stock.rows("select average from sku_cost")).containsExactly("2.000000");
    }

    @Test
    void anAverageThatARoundTripBlowsUpStaysWithinWhatTheDatabaseHolds() {
        BigDecimal most = new BigDecimal("1000000000");
        stock.moved(move(
                MovementKind.RECEIPT, "NORTH", null, line("TEE", 1_000_000_000, goods -> goods.withUnitCost(most))));
        long free = stock.moved(move(
                MovementKind.RECEIPT,
                "NORTH",
                null,
                line("TEE", 999_999_999, goods -> goods.withUnitCost(BigDecimal.ZERO))));
        stock.moved(move(MovementKind.WRITE_OFF, "NORTH", null, line("TEE", 999_999_998)));

        assertThat(stock.reverse(free)).isInstanceOf(Answer.Moved.class);
    }

    @Test
    void whatAChannelReportedOfItsOwnPlaceIsNotReversedByUs() {
        stock.catalogue.put(new Catalogue.Location(
                "FBA", "Theirs", "marketplace", null, null, null, 9, "market", null, null, null));
        long theirs =
                stock.moved(move(MovementKind.RECEIPT, "FBA", null, MoveDetails.reportedBy("market"), line("TEE", 5)));
        stock.receive("TEE", "NORTH", 5);
        long sent = stock.moved(
                move(MovementKind.TRANSFER_SHIP, "NORTH", "T1", MoveDetails.to("FBA", null), line("TEE", 5)));

        assertThat(code(stock.reverse(theirs))).isEqualTo("read-only-location");
        assertThat(stock.reverse(sent)).isInstanceOf(Answer.Moved.class);
    }

    /** Sends half of each order from where the rest would come from anyway. */
    private static final OrderRules HALF = new OrderRules() {
        @Override
        public String pool(String channel) {
            return "";
        }

        @Override
        public int priority(String channel, @Nullable String customer) {
            return 5;
        }

        @Override
        public List<String> locations(String channel, Command.@Nullable ShipTo shipTo) {
            return List.of("NORTH", "SOUTH");
        }

        @Override
        public Plan route(Order order, Stock stock, Instant now) {
            List<Take> half = order.demand().entrySet().stream()
                    .map(entry -> new Take(entry.getKey(), "NORTH", entry.getValue() / 2))
                    .toList();
            return new Plan(half, Map.of(), List.of(), 0);
        }
    };

    @Test
    void aReservationOfWhichAPartWasGivenBackIsNotReversedWholeAlthoughItsUnitsLieWithOthers() {
        stock.receive("TEE", "NORTH", 20);
        try (StockMaster hub = new JdbcStockMaster(stock.dataSource(), (connection, book) -> HALF, () -> {})) {
            Reservation order = stock.held(hub.execute(stock.order("1", ALL_OR_NOTHING, line("TEE", 6))));
            hub.execute(stock.order("2", ALL_OR_NOTHING, line("TEE", 6)));
            hub.execute(new Command.Cancel(order.reservationId(), "t", null, List.of(line("TEE", 1))));

            assertThat(hub.execute(new Command.Reverse(order.movementId(), null, "t", null)))
                    .isEqualTo(new Answer.NotHeld(0, "TEE", 6, 5));
        }
    }
}
