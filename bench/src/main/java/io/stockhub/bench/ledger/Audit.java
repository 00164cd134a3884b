package io.stockhub.bench.ledger;

import io.stockhub.bench.BrokenPromiseException;
import java.sql.SQLException;

/** What must hold after any contender, asked of the rows alone. */
final class Audit {
    private Audit() {}

    /**
     * @param accepted orders that callers were told are theirs
     * @throws BrokenPromiseException naming what does not hold
     */
    static void check(Stage stage, String contender, long accepted) throws SQLException {
        zero(
                stage,
                contender,
                "orders answered with yes and not there, or there and not answered",
                "select abs(count(*) - " + accepted + ") from reservation");
        zero(
                stage,
                contender,
                "SKUs that are not conserved",
                "select count(*) from (select from account group by sku having sum(quantity) <> 0) odd");
        zero(
                stage,
                contender,
                "accounts below zero",
                "select count(*) from account where quantity < 0 and state <> 'supplier'");
        zero(
                stage,
                contender,
                "accounts that are not the sum of their postings",
                """
                select count(*) from (
                  select account_id, sum(change) as quantity from (
                    select from_account as account_id, -quantity as change from posting
                    union all select to_account, quantity from posting) change
                  group by account_id) moved
                full join account a using (account_id) where coalesce(a.quantity, 0) <> coalesce(moved.quantity, 0)""");
        zero(
                stage,
                contender,
                "reserved accounts that are not what the orders hold",
                """
                select count(*) from (select * from account where state = 'reserved') a
                full join (select account_id, sum(quantity) as quantity from allocation group by account_id) h
                  using (account_id)
                where coalesce(a.quantity, 0) <> coalesce(h.quantity, 0)""");
        zero(
                stage,
                contender,
                "lines that got more or less than they asked for",
                """
                select count(*) from reservation_line l
                full join (select reservation_id, line, sum(quantity) as quantity from allocation
                           group by reservation_id, line) h using (reservation_id, line)
                where l.quantity is distinct from h.quantity""");
        zero(
                stage,
                contender,
                "orders without their movement",
                """
                select count(*) from reservation r full join (select * from movement where kind = 'reservation') m
                  on m.movement_id = r.movement_id
                where m.reference is distinct from r.order_ref""");
    }

    private static void zero(Stage stage, String contender, String what, String sql) throws SQLException {
        long found = stage.number(sql);
        if (found != 0) {
            throw new BrokenPromiseException(contender + ": " + found + " " + what);
        }
    }
}
