package io.stockhub.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A yardstick that writes less than the product measures nothing. Columns that are added later are compared too. */
class SameRowsIT {
    private static final int ORDERS = 60;
    private static final String ID_OF_ORDER = "(select order_ref from reservation o where o.reservation_id = r.reservation_id)";
    private static final Map<String, String> ROWS = new LinkedHashMap<>();

    static {
        ROWS.put(
                "movement",
                "select (to_jsonb(r) - 'movement_id' - 'occurred_at' - 'recorded_at')::text from movement r order by 1");
        ROWS.put("times", "select distinct occurred_at = recorded_at from movement where kind = 'reservation'");
        ROWS.put(
                "posting",
                """
                select (to_jsonb(r) - 'movement_id' - 'reservation_id' - 'from_account' - 'to_account')::text
                  || (select reference from movement m where m.movement_id = r.movement_id)
                  || coalesce(ORDER, '-')
                  || (select a.sku || a.location || a.state from account a where a.account_id = r.from_account)
                  || (select a.sku || a.location || a.state from account a where a.account_id = r.to_account)
                from posting r order by 1"""
                        .replace("ORDER", ID_OF_ORDER));
        ROWS.put(
                "reservation",
                """
                select (to_jsonb(r) - 'reservation_id' - 'movement_id' - 'recorded_at')::text
                  || (select reference from movement m where m.movement_id = r.movement_id)
                from reservation r order by 1""");
        ROWS.put(
                "reservation_line",
                "select (to_jsonb(r) - 'reservation_id')::text || ORDER from reservation_line r order by 1"
                        .replace("ORDER", ID_OF_ORDER));
        ROWS.put(
                "allocation",
                """
                select (to_jsonb(r) - 'reservation_id' - 'account_id')::text || ORDER
                  || (select a.sku || a.location || a.state from account a where a.account_id = r.account_id)
                from allocation r order by 1"""
                        .replace("ORDER", ID_OF_ORDER));
        ROWS.put("account", "select (to_jsonb(r) - 'account_id')::text from account r order by 1");
        // How many there are depends on how many orders shared a transaction.
        ROWS.put("changed_sku", "select distinct sku from changed_sku order by 1");
        ROWS.put(
                "last change",
                """
                select sku || max(reference) from (
                  select sku, (select m.reference from movement m where m.movement_id = c.movement_id) as reference,
                    rank() over (partition by sku order by movement_id desc) as nth from changed_sku c) c
                where nth = 1 group by sku order by 1""");
        ROWS.put("idempotency", "select key from idempotency");
        ROWS.put("reservation_part", "select sku from reservation_part");
    }

    private static Stage stage;

    @BeforeAll
    static void open() throws SQLException {
        stage = SmallStage.open();
    }

    @AfterAll
    static void close() throws SQLException {
        stage.close();
    }

    private Map<String, List<String>> rowsOf(Contender contender, Workload workload, int calls)
            throws SQLException, InterruptedException {
        OrderSource orders = workload.orders(new OrderRefs(7), 7);
        try (contender) {
            for (int i = 0; i < calls; i++) {
                contender.take(orders);
            }
        }
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Map.Entry<String, String> table : ROWS.entrySet()) {
            rows.put(table.getKey(), SmallStage.rows(stage, table.getValue()));
        }
        return rows;
    }

    private Map<String, List<String>> rowsOf(Kind kind, Workload workload, long units)
            throws SQLException, InterruptedException {
        stage.reset(workload, units);
        return rowsOf(kind.open(stage), workload, ORDERS);
    }

    private static void assertSame(Map<String, List<String>> product, Map<String, List<String>> other) {
        product.forEach((table, rows) -> {
            List<String> missing = new ArrayList<>(rows);
            other.get(table).forEach(missing::remove);
            List<String> more = new ArrayList<>(other.get(table));
            rows.forEach(more::remove);
            assertThat(missing).as("%s: rows that only the product has (others: %s)", table, more).isEmpty();
            assertThat(more).as("%s: rows that the product does not have", table).isEmpty();
        });
    }

    @Test
    void forTheSameOrdersAllLeaveTheSameRows() throws SQLException, InterruptedException {
        // Few SKUs: many an order names one twice.
        Workload workload = Workload.uniform(4, 3);
        Map<String, List<String>> product = rowsOf(Kind.PRODUCT, workload, 10_000);

        assertThat(product.get("reservation")).hasSize(ORDERS);
        assertThat(product.get("reservation_line")).hasSizeGreaterThan(ORDERS).hasSizeLessThan(3 * ORDERS);
        assertSame(product, rowsOf(Kind.A, workload, 10_000));
        assertSame(product, rowsOf(Kind.B, workload, 10_000));
        stage.reset(workload, 10_000);
        assertSame(product, rowsOf(new Ingest(stage, ORDERS), workload, 1));
    }

    @Test
    void whoRunsShortRefusesTheSameOrders() throws SQLException, InterruptedException {
        Workload workload = Workload.uniform(4, 3);
        Map<String, List<String>> product = rowsOf(Kind.PRODUCT, workload, 20);

        assertThat(product.get("reservation")).hasSizeLessThan(ORDERS).isNotEmpty();
        assertSame(product, rowsOf(Kind.A, workload, 20));
        assertSame(product, rowsOf(Kind.B, workload, 20));
    }

    @Test
    void nobodySellsMoreThanThereIsHoweverManyAsk() throws SQLException, InterruptedException {
        List<String> sold = new ArrayList<>();
        for (Kind kind : List.of(Kind.PRODUCT, Kind.A, Kind.B)) {
            stage.reset(Workload.hot(), 7);
            try (Contender contender = kind.open(stage)) {
                FlashSale.Result result = FlashSale.run(stage, contender, Workload.hot(), 60);
                Audit.check(stage, kind.label(), result.accepted());
                sold.add(kind.label() + " " + result.accepted());
            }
        }
        assertThat(sold).containsExactly("product 7", "A 7", "B 7");
    }
}
