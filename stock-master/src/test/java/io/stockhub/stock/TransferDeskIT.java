package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.DiscrepancyDesk.Resolved;
import io.stockhub.stock.TransferDesk.Tracked;
import io.stockhub.stock.TransferDesk.Units;
import io.stockhub.stock.inbound.JdbcDiscrepancies;
import io.stockhub.stock.transfer.JdbcTransfers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransferDeskIT {
    private static final Instant ARRIVAL = Instant.parse("2030-01-01T00:00:00Z");

    private StockFixture stock;
    private TransferDesk desk;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        desk = at(ARRIVAL);
    }

    @AfterEach
    void verify() throws Exception {
        StockQueries.LedgerReport report = stock.queries.verify();
        assertThat(report.passes()).as("%s", report).isTrue();
        stock.close();
    }

    private TransferDesk at(Instant now) {
        return new JdbcTransfers(stock.dataSource(), InstantSource.fixed(now));
    }

    private Answer move(MovementKind kind, String location, MoveDetails details, long quantity, Goods goods) {
        return stock.master.execute(new Command.Move(
                kind,
                location,
                "T-1",
                null,
                null,
                "tester",
                null,
                details,
                List.of(new Command.Line("TEE", quantity, goods))));
    }

    private Answer ship(long quantity, @Nullable String lot) {
        return move(
                MovementKind.TRANSFER_SHIP,
                "NORTH",
                MoveDetails.to("SOUTH", ARRIVAL),
                quantity,
                lot == null ? Goods.ANY : Goods.ANY.withLot(lot, null));
    }

    private long arrive(long quantity, MoveDetails details) {
        Answer answer = move(MovementKind.TRANSFER_RECEIVE, "SOUTH", details, quantity, Goods.ANY);
        return ((Answer.Moved) answer).movementId();
    }

    private Units units() {
        return desk.transfer("T-1").orElseThrow().lines().getFirst().units();
    }

    @Test
    void whatLeftIsInTransitUntilItArrives() {
        stock.receive("TEE", "NORTH", 10);
        ship(8, null);
        assertThat(units()).isEqualTo(new Units(8, 0, 0, 0, 8));

        arrive(5, MoveDetails.NONE);

        assertThat(units()).isEqualTo(new Units(8, 5, 0, 0, 3));
        assertThat(desk.transfers(true, null, null, 10))
                .extracting(TransferDesk.Head::inTransit)
                .containsExactly(3L);
        assertThat(desk.transfers(false, null, null, 10)).isEmpty();
    }

    @Test
    void whatIsNotThereAtTheLastReceiptIsLostWithADiscrepancy() {
        stock.receive("TEE", "NORTH", 10);
        ship(8, null);
        arrive(5, MoveDetails.lastReceipt());

        assertThat(units()).isEqualTo(new Units(8, 5, 3, 0, 0));
        assertThat(desk.transfer("T-1").orElseThrow().discrepancies())
                .extracting(found -> found.quantity() + " " + found.kind().named(found.sku()))
                .containsExactly("3 missing of TEE");
        assertThat(desk.transfers(true, null, null, 10)).isEmpty();
    }

    @Test
    void moreThanLeftIsOverAndNotReceived() {
        stock.receive("TEE", "NORTH", 10);
        ship(8, null);
        arrive(9, MoveDetails.NONE);

        assertThat(units()).isEqualTo(new Units(8, 8, 0, 1, 0));
    }

    @Test
    void aReversedReceiptIsInTransitAgain() {
        stock.receive("TEE", "NORTH", 10);
        ship(8, null);
        long wrong = arrive(9, MoveDetails.NONE);

        stock.master.execute(new Command.Reverse(wrong, null, "tester", null));

        assertThat(units()).isEqualTo(new Units(8, 0, 0, 0, 8));
    }

    @Test
    void aTransferIsOverdueWhenItsTimeIsOverAndSomethingIsStillOnItsWay() {
        stock.receive("TEE", "NORTH", 10);
        ship(8, null);

        assertThat(at(ARRIVAL).transfer("T-1").orElseThrow().head().overdue()).isFalse();
        assertThat(at(ARRIVAL.plusSeconds(1))
                        .transfer("T-1")
                        .orElseThrow()
                        .head()
                        .overdue())
                .isTrue();
        arrive(8, MoveDetails.NONE);
        assertThat(at(ARRIVAL.plusSeconds(1))
                        .transfer("T-1")
                        .orElseThrow()
                        .head()
                        .overdue())
                .isFalse();
    }

    @Test
    void lotsAreShownEachForItself() throws Exception {
        try (Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update sku set tracking = 'lot'");
        }
        for (String lot : List.of("L1", "L2")) {
            stock.master.execute(new Command.Move(
                    MovementKind.RECEIPT,
                    "NORTH",
                    null,
                    null,
                    null,
                    "tester",
                    null,
                    List.of(new Command.Line("TEE", 5, Goods.ANY.withLot(lot, null)))));
        }
        stock.master.execute(new Command.Move(
                MovementKind.TRANSFER_SHIP,
                "NORTH",
                "T-1",
                null,
                null,
                "tester",
                null,
                MoveDetails.to("SOUTH", null),
                List.of(
                        new Command.Line("TEE", 3, Goods.ANY.withLot("L1", null)),
                        new Command.Line("TEE", 2, Goods.ANY.withLot("L2", null)))));
        move(MovementKind.TRANSFER_RECEIVE, "SOUTH", MoveDetails.NONE, 1, Goods.ANY.withLot("L2", null));
        move(MovementKind.TRANSFER_LOSS, "SOUTH", MoveDetails.NONE, 1, Goods.ANY.withLot("L1", null));

        TransferDesk.Line line = desk.transfer("T-1").orElseThrow().lines().getFirst();

        assertThat(line.units()).isEqualTo(new Units(5, 1, 1, 0, 3));
        assertThat(line.tracked())
                .containsExactly(
                        new Tracked("L1", "", new Units(3, 0, 1, 0, 2)),
                        new Tracked("L2", "", new Units(2, 1, 0, 0, 1)));
    }

    @Test
    void aDiscrepancyOfATransferIsResolvedOnce() {
        stock.receive("TEE", "NORTH", 10);
        ship(8, null);
        arrive(5, MoveDetails.lastReceipt());
        DiscrepancyDesk discrepancies = new JdbcDiscrepancies(stock.dataSource());
        long id = discrepancies.discrepancies(true, null, 0, 10).getFirst().id();

        Resolved first = discrepancies.resolve(id, "claimed", "carrier pays", "anna");
        Resolved again = discrepancies.resolve(id, "claimed", "carrier pays", "anna");
        Resolved other = discrepancies.resolve(id, "accepted", null, "otto");

        assertThat(first).isInstanceOfSatisfying(Resolved.Done.class, done -> {
            assertThat(done.replayed()).isFalse();
            assertThat(done.discrepancy().resolvedBy()).isEqualTo("anna");
        });
        assertThat(again).isInstanceOfSatisfying(Resolved.Done.class, done -> assertThat(done.replayed())
                .isTrue());
        assertThat(other).isInstanceOf(Resolved.Otherwise.class);
        assertThat(discrepancies.discrepancies(true, null, 0, 10)).isEmpty();
        assertThat(discrepancies.discrepancies(false, DiscrepancyDesk.Document.TRANSFER, 0, 10))
                .hasSize(1);
    }

    @Test
    void transfersAreListedByEitherEnd() {
        stock.receive("TEE", "NORTH", 10);
        ship(8, null);

        assertThat(desk.transfers(null, "NORTH", null, 10)).hasSize(1);
        assertThat(desk.transfers(null, "SOUTH", null, 10)).hasSize(1);
        assertThat(desk.transfers(null, "EAST", null, 10)).isEmpty();
        assertThat(desk.transfers(null, null, "T-1", 10)).isEmpty();
    }
}
