package io.stockhub.bench.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.bench.BrokenPromiseException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run whose rows are wrong must fail, each wrong by its own name. */
class AuditIT {
    private static final int ORDERS = 5;

    private static Stage stage;

    @BeforeAll
    static void open() throws SQLException {
        stage = SmallStage.open();
    }

    @AfterAll
    static void close() throws SQLException {
        stage.close();
    }

    @BeforeEach
    void aFewOrders() throws SQLException, InterruptedException {
        Workload workload = Workload.uniform(5, 2);
        stage.reset(workload, 100);
        OrderSource orders = workload.orders(stage.refs(), 1);
        try (Contender contender = Kind.PRODUCT.open(stage)) {
            for (int i = 0; i < ORDERS; i++) {
                contender.take(orders);
            }
        }
    }

    @Test
    void whatIsRightPasses() {
        assertThatCode(() -> Audit.check(stage, "product", ORDERS)).doesNotThrowAnyException();
        assertThatCode(() -> Product.verify(stage)).doesNotThrowAnyException();
    }

    @Test
    void anAnswerWithoutAnOrderIsFound() {
        assertThatThrownBy(() -> Audit.check(stage, "product", ORDERS + 1))
                .isInstanceOf(BrokenPromiseException.class)
                .hasMessage("product: 1 orders answered with yes and not there, or there and not answered");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "update account set quantity = quantity + 1 where state = 'available' | SKUs that are not conserved",
                "update posting set quantity = quantity + 1 where line = 0 | accounts that are not the sum",
                "delete from allocation | reserved accounts that are not what the orders hold",
                "update reservation_line set quantity = quantity + 1 | lines that got more or less",
                "update movement set reference = 'other' where kind = 'reservation' | orders without their movement"
            })
    void whatIsWrongIsFound(String wrong, String found) throws SQLException {
        stage.execute(wrong);

        assertThatThrownBy(() -> Audit.check(stage, "product", ORDERS))
                .isInstanceOf(BrokenPromiseException.class)
                .hasMessageContaining(found);
    }

    @Test
    void stockBelowZeroIsFoundEvenWithoutTheGuardOfTheSchema() throws SQLException {
        stage.execute("alter table account drop constraint stock_not_negative");
        try {
            stage.execute("update account set quantity = quantity - 1000 where state = 'available'");
            stage.execute("update account set quantity = quantity + 1000 where state = 'supplier'");

            assertThatThrownBy(() -> Audit.check(stage, "product", ORDERS)).hasMessageContaining("accounts below zero");
        } finally {
            stage.execute("truncate account");
            stage.execute("alter table account add constraint stock_not_negative check (quantity >= 0 or state in"
                    + " ('supplier', 'customer', 'shrinkage', 'production', 'disposed'))");
        }
    }

    @Test
    void aChangedMovementIsFoundByTheLedgerItself() throws SQLException {
        Product.verify(stage);
        stage.execute("update movement set actor = 'somebody' where kind = 'reservation'");

        assertThatThrownBy(() -> Product.verify(stage))
                .isInstanceOf(BrokenPromiseException.class)
                .hasMessageContaining("does not verify");
    }
}
