package io.stockhub.stock;

import static io.stockhub.stock.Command.Policy.ALL_OR_NOTHING;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.StockQueries.LedgerFinding;
import io.stockhub.stock.StockQueries.LedgerReport;
import io.stockhub.stock.StockQueries.VerifyMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody with the rights of the database's owner changes what is written: each kind is found and named. */
class TamperIT {
    private StockFixture stock;
    private long receipt;
    private long order;
    private long reservation;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        stock.sku("MUG");
        receipt = ((Answer.Moved) stock.receive("TEE", "NORTH", 10, "erp:1")).movementId();
        stock.receive("MUG", "SOUTH", 4);
        Reservation held = stock.held(stock.master.execute(
                stock.order("1001", ALL_OR_NOTHING, new Command.Line("TEE", 2), new Command.Line("MUG", 1))));
        order = held.movementId();
        reservation = held.reservationId();
        stock.adjust("TEE", "NORTH", -1);
        sealAll();
        assertThat(stock.queries.verify().passes()).isTrue();
        assertThat(stock.queries.verify().unsealed()).isZero();
    }

    @AfterEach
    void close() throws Exception {
        stock.close();
    }

    private void sealAll() {
        stock.sealAll();
    }

    private static final String NO_FOREIGN_KEYS =
            """
            do $$ declare c record; begin
              for c in select conrelid::regclass as owner, conname from pg_constraint where contype = 'f' loop
                execute format('alter table %s drop constraint %I', c.owner, c.conname);
              end loop;
            end $$""";

    /** With the foreign keys gone, as an owner can do. */
    private void tamper(String... statements) throws SQLException {
        try (Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(NO_FOREIGN_KEYS);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void isFound(LedgerCheck check, String what, String detail) {
        LedgerReport report = stock.queries.verify();
        assertThat(report.passes()).isFalse();
        assertThat(report.count(check)).as("%s", report).isPositive();
        assertThat(report.findings()).as("%s", report).anySatisfy(finding -> {
            assertThat(finding.check()).isEqualTo(check);
            assertThat(finding.what()).isEqualTo(what);
            assertThat(finding.detail()).contains(detail);
        });
        assertThat(stock.queries.verify(VerifyMode.INCREMENTAL).passes()).isFalse();
    }

    @Test
    void aQuantityThatWasChangedIsFoundEvenWhenTheAccountsFollow() throws SQLException {
        tamper(
                "update posting set quantity = 12 where movement_id = " + receipt,
                "update account set quantity = quantity + 2 where sku = 'TEE' and state = 'available'",
                "update account set quantity = quantity - 2 where sku = 'TEE' and state = 'supplier'");

        isFound(LedgerCheck.CHANGED, "movement " + receipt, "sealed at position 1");
        assertThat(stock.queries.verify().balanceMismatch())
                .as("the books agree with themselves")
                .isZero();
    }

    @Test
    void aReferenceThatWasChangedIsFound() throws SQLException {
        tamper("update movement set reference = 'PO-2' where movement_id = " + receipt);
        isFound(LedgerCheck.CHANGED, "movement " + receipt, "PO-2");
    }

    @Test
    void aReferenceThatWasTakenAwayIsNotAnEmptyOne() throws SQLException {
        tamper("update movement set reason = '' where movement_id = " + receipt);
        isFound(LedgerCheck.CHANGED, "movement " + receipt, "");
    }

    @Test
    void textMovedFromOneFieldToItsNeighbourIsFound() throws SQLException {
        tamper("update movement set reference = 'COUNT-1c', reason = 'ounted' where kind = 'adjustment'");
        assertThat(stock.queries.verify().count(LedgerCheck.CHANGED)).isEqualTo(1);
    }

    @Test
    void aTimeThatWasChangedByOneMicrosecondIsFound() throws SQLException {
        tamper("update movement set occurred_at = occurred_at - interval '1 microsecond' where movement_id = "
                + receipt);
        isFound(LedgerCheck.CHANGED, "movement " + receipt, "changed after it was sealed");
    }

    @Test
    void aTimeThatIsNoTimeIsFound() throws SQLException {
        tamper("update movement set recorded_at = 'infinity' where movement_id = " + receipt);
        isFound(LedgerCheck.CHANGED, "movement " + receipt, "changed after it was sealed");
    }

    @Test
    void unitsMovedToAnotherAccountAreFound() throws SQLException {
        tamper(
                "update account set location = 'SOUTH' where sku = 'TEE' and location = 'NORTH' and state = 'available'");
        isFound(LedgerCheck.CHANGED, "movement " + receipt, "sealed at position 1");
    }

    @Test
    void aMovementThatWasDeletedWithItsPostingsIsFound() throws SQLException {
        tamper(
                "delete from posting where movement_id = " + receipt,
                "delete from movement where movement_id = " + receipt);
        isFound(LedgerCheck.MISSING, "movement " + receipt, "sealed at position 1");
    }

    @Test
    void aPostingThatWasDeletedIsFound() throws SQLException {
        tamper("delete from posting where line = 1 and movement_id = " + order);
        isFound(LedgerCheck.CHANGED, "movement " + order, "it has 1 postings and had 2");
    }

    @Test
    void aPostingThatWasAddedIsFound() throws SQLException {
        tamper("insert into posting (movement_id, line, sku, from_account, to_account, quantity)"
                + " select movement_id, 9, sku, to_account, from_account, 1 from posting where movement_id = "
                + receipt);
        isFound(LedgerCheck.CHANGED, "movement " + receipt, "it has 2 postings and had 1");
    }

    private static String forged(String number) {
        return "insert into movement (movement_id, kind, reference, actor, occurred_at, recorded_at) values (" + number
                + ", 'receipt', 'PO-9', 'nobody', now(), now())";
    }

    private static String forgedPosting(String number, long like) {
        return "insert into posting (movement_id, line, sku, from_account, to_account, quantity) select " + number
                + ", 0, sku, from_account, to_account, 5 from posting where movement_id = " + like;
    }

    @Test
    void aMovementSlippedInUnderAnOldNumberIsFoundAndNeverSealed() throws SQLException {
        long old = receipt + 1;
        tamper(forged(Long.toString(old)), forgedPosting(Long.toString(old), receipt));
        stock.receive("MUG", "NORTH", 1);
        sealAll();

        isFound(LedgerCheck.INSERTED, "movement " + old, "receipt PO-9 by nobody");
    }

    @Test
    void aMovementUnderANumberThatNobodyTookIsFound() throws SQLException {
        tamper(forged("1000000"), forgedPosting("1000000", receipt));
        isFound(LedgerCheck.INSERTED, "movement 1000000", "yet to be taken");
    }

    @Test
    void aMovementUnderAFreshNumberThatLeavesTheAccountsAloneIsFound() throws SQLException {
        tamper(forged("nextval('ledger_sequence')"), forgedPosting("currval('ledger_sequence')", receipt));
        isFound(
                LedgerCheck.BALANCE_MISMATCH,
                accountName("sku = 'TEE' and state = 'available'"),
                "holds 7; its postings add up to 12");
    }

    private String accountName(String which) throws SQLException {
        try (Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select sku || ' at ' || location || ' ' || state || ' (account ' || account_id || ')' from account where "
                                + which)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aSealThatWasChangedIsFound() throws SQLException {
        tamper("update seal set content = sha256('other') where position = 1");
        isFound(LedgerCheck.BROKEN_LINK, "seal 1", "its hash does not follow");
    }

    @Test
    void aSealRewrittenTogetherWithItsMovementIsFound() throws SQLException {
        tamper(
                "update movement set reference = 'PO-2' where movement_id = " + receipt,
                "update seal s set content = c.content, hash = sha256(decode(repeat('00', 32), 'hex') || c.content)"
                        + " from movement_content(0, " + receipt + ") c where s.movement_id = c.movement_id");
        isFound(LedgerCheck.BROKEN_LINK, "seal 2", "its hash does not follow");
    }

    @Test
    void sealsThatWereRemovedAreFoundInTheMiddleAndAtTheEnd() throws SQLException {
        long second = stock.number("select movement_id from seal where position = 2");
        tamper("delete from seal where position = 2");
        isFound(LedgerCheck.BROKEN_LINK, "seal 3", "seals in between are gone");
        isFound(LedgerCheck.INSERTED, "movement " + second, "never sealed");
    }

    @Test
    void theEndOfTheChainCannotBeCutOff() throws SQLException {
        tamper("delete from seal where position = 4");
        isFound(LedgerCheck.BROKEN_LINK, "seal 3", "the chain should end at position 4");
    }

    @Test
    void anAccountThatWasChangedIsFound() throws SQLException {
        String name = accountName("sku = 'MUG' and state = 'available'");
        tamper("update account set quantity = 6 where sku = 'MUG' and state = 'available'");
        isFound(LedgerCheck.BALANCE_MISMATCH, name, "holds 6; its postings add up to 3");
        isFound(LedgerCheck.IMBALANCED, "SKU MUG", "add up to 3 instead of 0");
    }

    @Test
    void anAccountThatWasDeletedIsFound() throws SQLException {
        tamper("delete from account where sku = 'MUG' and state = 'available'");
        LedgerReport report = stock.queries.verify();
        assertThat(report.count(LedgerCheck.NO_ACCOUNT)).isEqualTo(2);
        assertThat(report.balanceMismatch()).isEqualTo(1);
    }

    @Test
    void stockBelowZeroIsFoundWhenTheGuardWasDropped() throws SQLException {
        String name = accountName("sku = 'TEE' and state = 'available'");
        tamper(
                "alter table account drop constraint stock_not_negative",
                "update account set quantity = -1 where sku = 'TEE' and state = 'available'");
        isFound(LedgerCheck.NEGATIVE, name, "holds -1");
    }

    @Test
    void whatAReservationHoldsIsComparedWithWhatIsReserved() throws SQLException {
        String name = accountName("sku = 'TEE' and state = 'reserved'");
        tamper("update allocation set cancelled = 1 where quantity = 2");
        isFound(LedgerCheck.RESERVATION_MISMATCH, name, "holds 2; reservations hold 1");
        tamper("update allocation set cancelled = 0, picked = 1 where quantity = 2");
        isFound(LedgerCheck.RESERVATION_MISMATCH, "TEE at NORTH picked", "holds 0; reservations picked 1");
    }

    @Test
    void anAllocationThatGaveMoreThanItGotIsFound() throws SQLException {
        tamper(
                "alter table allocation drop constraint held_once",
                "update allocation set shipped = 3 where quantity = 2");
        LedgerReport report = stock.queries.verify();
        assertThat(report.findings())
                .filteredOn(finding -> finding.check() == LedgerCheck.OVER_ALLOCATED)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).startsWith("reservation " + reservation + " line 0");
                    assertThat(finding.detail()).isEqualTo("got 2; 0 picked, 3 shipped, 0 given back");
                });
    }

    @Test
    void aLineWhoseReservationIsGoneIsFound() throws SQLException {
        tamper("delete from reservation");
        isFound(LedgerCheck.DANGLING, "reservation " + reservation + " line 0", "the reservation does not exist");
    }

    @Test
    void aLineOfASkuThatIsGoneIsFound() throws SQLException {
        tamper("update reservation_line set sku = 'CUP' where line = 1");
        isFound(LedgerCheck.DANGLING, "reservation " + reservation + " line 1", "SKU CUP does not exist");
    }

    @Test
    void aPartThatHangsOnNothingIsFound() throws SQLException {
        tamper("insert into reservation_part values (" + reservation + ", 7, 'TEE', 1), (" + reservation
                + ", 0, 'CUP', 1)");
        isFound(LedgerCheck.DANGLING, "part TEE of reservation " + reservation + " line 7", "the line does not exist");
        isFound(LedgerCheck.DANGLING, "part CUP of reservation " + reservation + " line 0", "the SKU does not exist");
    }

    @Test
    void anAllocationWithoutItsLineIsFoundEvenWhenTheBooksAddUp() throws SQLException {
        tamper("update allocation set line = 7 where line = 0");
        isFound(
                LedgerCheck.DANGLING,
                "allocation of reservation " + reservation + " line 7",
                "the line does not exist");
        assertThat(stock.queries.verify().counts()).containsOnlyKeys(LedgerCheck.DANGLING);
    }

    @Test
    void anAllocationOfAnAccountThatIsGoneIsFound() throws SQLException {
        tamper("insert into allocation (reservation_id, line, account_id, quantity, cancelled) values (" + reservation
                + ", 0, 999, 1, 1)");
        isFound(
                LedgerCheck.DANGLING,
                "allocation of reservation " + reservation + " line 0",
                "account 999 does not exist");
    }

    @Test
    void aSerialThatIsInsideTwiceOrNotAtAllIsFound() throws SQLException {
        tamper("insert into serial_inside (sku, serial) values ('TEE', 'S-1')");
        isFound(LedgerCheck.SERIAL_MISMATCH, "serial S-1 of TEE", "0 units in 0 accounts; it counts as inside");
    }

    @Test
    void anOrderTakenTwiceIsFoundWhenTheGuardWasDropped() throws SQLException {
        tamper(
                "alter table reservation drop constraint one_reservation_per_order",
                "insert into reservation (reservation_id, channel, order_ref, content_hash, policy, actor, recorded_at)"
                        + " select 999, channel, order_ref, content_hash, policy, actor, recorded_at from reservation");
        isFound(LedgerCheck.DUPLICATE, "order 1001 of shop", "2 reservations: " + reservation + ", 999");
    }

    @Test
    void aKeyWithTwoEffectsIsFoundWhenTheGuardWasDropped() throws SQLException {
        tamper(
                "alter table idempotency drop constraint idempotency_pkey",
                "insert into idempotency (key, content_hash, movement_id, recorded_at)" + " select key, content_hash, "
                        + order + ", recorded_at from idempotency");
        isFound(LedgerCheck.DUPLICATE, "key erp:1", "2 effects: movement " + receipt + ", movement " + order);
    }

    @Test
    void aMovementThatMovesNothingIsFoundBeforeItIsSealed() throws SQLException {
        tamper(forged("nextval('ledger_sequence')"));
        LedgerReport report = stock.queries.verify();
        assertThat(report.findings()).extracting(LedgerFinding::check).containsExactly(LedgerCheck.NO_POSTINGS);
    }

    @Test
    void onlyTheFirstTwentyAreNamedAndAllAreCounted() throws SQLException {
        for (int i = 0; i < 30; i++) {
            stock.receive("MUG", "NORTH", 1);
        }
        sealAll();
        tamper("update movement set actor = 'nobody'");

        LedgerReport report = stock.queries.verify();

        assertThat(report.counts()).containsOnly(java.util.Map.entry(LedgerCheck.CHANGED, 34L));
        assertThat(report.findings()).hasSize(20);
    }

    @Test
    void anIncrementalCheckGoesOnWhereTheLastOneEndedAndStaysBehindWhatItFound() throws SQLException {
        assertThat(stock.queries.verify(VerifyMode.INCREMENTAL).passes()).isTrue();
        stock.receive("MUG", "NORTH", 1);
        sealAll();
        LedgerReport passed = stock.queries.verify(VerifyMode.INCREMENTAL);
        assertThat(passed.passes()).isTrue();
        assertThat(passed.movements()).isEqualTo(5);
        assertThat(passed.postings()).isEqualTo(6);

        tamper("update movement set reference = 'PO-2' where movement_id = " + receipt);
        assertThat(stock.queries.verify(VerifyMode.INCREMENTAL).passes())
                .as("what was checked before is not read again")
                .isTrue();
        assertThat(stock.queries.verify().passes()).isFalse();

        tamper("update account set quantity = 6 where sku = 'TEE' and state = 'available'");
        assertThat(stock.queries.verify(VerifyMode.INCREMENTAL).balanceMismatch())
                .as("every account is")
                .isEqualTo(1);
        long fresh = ((Answer.Moved) stock.receive("MUG", "NORTH", 1)).movementId();
        sealAll();
        tamper("update posting set quantity = 2 where movement_id = " + fresh);
        for (int again = 0; again < 2; again++) {
            assertThat(stock.queries.verify(VerifyMode.INCREMENTAL).count(LedgerCheck.CHANGED))
                    .isEqualTo(1);
        }
    }

    @Test
    void theContentDoesNotDependOnTheSessionThatReadsIt() throws SQLException {
        try (Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local timezone = 'Asia/Kathmandu'; set local intervalstyle = 'sql_standard';"
                    + " set local extra_float_digits = 0; set local bytea_output = 'escape'");
            try (var row = statement.executeQuery(
                    "select count(*) from movement_content(0, 1000000) c join seal s using (movement_id)"
                            + " where s.content = c.content")) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(4);
            }
            connection.rollback();
        }
    }
}
