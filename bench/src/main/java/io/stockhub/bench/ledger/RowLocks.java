package io.stockhub.bench.ledger;

import io.stockhub.stock.Command;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Yardstick A: the usual way, done with care. One transaction an order: its accounts are locked in key order, the
 * decision is made here, rows go out in one batch a table, and the order is answered after its commit.
 */
final class RowLocks implements Contender {
    static final int CONNECTIONS = 16;

    private static final String LOCK =
            """
            select sku, state, account_id, quantity from account
            where sku = any (?) and location = 'MAIN' and state in ('available', 'reserved')
              and lot = '' and serial = '' and bin = '' and pool = '' and holder = ''
            order by sku, state for no key update""";
    private static final String MOVEMENT =
            """
            insert into movement (movement_id, kind, reference, actor, occurred_at, recorded_at)
            values (nextval('ledger_sequence'), 'reservation', ?, ?, ?, ?) returning movement_id""";
    private static final String RESERVATION =
            """
            insert into reservation (reservation_id, channel, order_ref, content_hash, policy, country, region,
              postal_code, movement_id, actor, recorded_at)
            values (?, ?, ?, ?, 'ALL_OR_NOTHING', ?, ?, ?, ?, ?, ?)""";
    private static final String LINE =
            "insert into reservation_line (reservation_id, line, sku, quantity) values (?, ?, ?, ?)";
    private static final String POSTING =
            """
            insert into posting (movement_id, line, sku, from_account, to_account, quantity, reservation_id,
              reservation_line)
            values (?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String ALLOCATION =
            "insert into allocation (reservation_id, line, account_id, quantity) values (?, ?, ?, ?)";
    private static final String ACCOUNT = "update account set quantity = quantity + ? where account_id = ?";
    private static final String CHANGED = "insert into changed_sku (sku, movement_id, changed_at) values (?, ?, ?)";

    private final Sessions sessions;

    RowLocks(Stage stage) throws SQLException {
        this.sessions = new Sessions(stage, CONNECTIONS, false);
    }

    @Override
    public String name() {
        return "A";
    }

    /** The two accounts of a SKU. */
    private record Shelf(long available, long reserved, long quantity) {}

    @Override
    public int take(OrderSource orders) throws SQLException, InterruptedException {
        Order order = orders.next();
        Session session = sessions.take();
        try {
            boolean accepted = decide(session, order);
            session.connection().commit();
            return accepted ? 1 : 0;
        } catch (SQLException e) {
            session.connection().rollback();
            throw e;
        } finally {
            sessions.giveBack(session);
        }
    }

    private static boolean decide(Session session, Order order) throws SQLException {
        Map<String, Long> demand = order.demand();
        Map<String, Shelf> shelves = lock(session, demand);
        for (Map.Entry<String, Long> wanted : demand.entrySet()) {
            Shelf shelf = shelves.get(wanted.getKey());
            if (shelf == null || shelf.quantity() < wanted.getValue()) {
                return false;
            }
        }
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        long number = movement(session, order, now);
        Command.ShipTo to = Order.SHIP_TO;
        run(
                session,
                RESERVATION,
                number,
                Order.CHANNEL,
                order.ref(),
                DemandHash.of(demand),
                to.country(),
                to.region(),
                to.postalCode(),
                number,
                Order.ACTOR,
                now);
        int line = 0;
        for (Map.Entry<String, Long> wanted : demand.entrySet()) {
            Shelf shelf = shelves.get(wanted.getKey());
            String sku = wanted.getKey();
            long quantity = wanted.getValue();
            batch(session, LINE, number, line, sku, quantity);
            batch(session, POSTING, number, line, sku, shelf.available(), shelf.reserved(), quantity, number, line);
            batch(session, ALLOCATION, number, line, shelf.reserved(), quantity);
            batch(session, ACCOUNT, -quantity, shelf.available());
            batch(session, ACCOUNT, quantity, shelf.reserved());
            batch(session, CHANGED, sku, number, now);
            line++;
        }
        for (String sql : List.of(LINE, POSTING, ALLOCATION, ACCOUNT, CHANGED)) {
            session.statement(sql).executeBatch();
        }
        return true;
    }

    private static Map<String, Shelf> lock(Session session, Map<String, Long> demand) throws SQLException {
        PreparedStatement lock = session.statement(LOCK);
        lock.setArray(1, session.connection().createArrayOf("text", new TreeSet<>(demand.keySet()).toArray()));
        Map<String, Shelf> shelves = new HashMap<>();
        try (ResultSet row = lock.executeQuery()) {
            // By state: available, then reserved.
            while (row.next()) {
                long available = row.getLong(3);
                long quantity = row.getLong(4);
                String sku = row.getString(1);
                if (!row.next() || !row.getString(1).equals(sku)) {
                    throw new IllegalStateException(sku + " has not its two accounts");
                }
                shelves.put(sku, new Shelf(available, row.getLong(3), quantity));
            }
        }
        return shelves;
    }

    /** Its number is taken after the locks, as the product does, and comes back with the row. */
    private static long movement(Session session, Order order, OffsetDateTime now) throws SQLException {
        try (ResultSet row = filled(session, MOVEMENT, order.ref(), Order.ACTOR, now, now)
                .executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void run(Session session, String sql, Object... values) throws SQLException {
        filled(session, sql, values).executeUpdate();
    }

    private static void batch(Session session, String sql, Object... values) throws SQLException {
        filled(session, sql, values).addBatch();
    }

    private static PreparedStatement filled(Session session, String sql, Object... values) throws SQLException {
        PreparedStatement statement = session.statement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        sessions.close();
    }
}
