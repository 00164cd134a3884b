package io.stockhub.bench.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the database can take: the same rows for 1,024 orders at a time, one statement a table, without locks and without
 * decisions. Alone on the ledger, or what it writes would be wrong.
 */
final class Ingest implements Contender {
    static final int BATCH = 1_024;

    private static final String ACCOUNTS =
            """
            select sku, state, account_id from account where location = 'MAIN' and state in ('available', 'reserved')""";
    private static final String NUMBERS = "select nextval('ledger_sequence') from generate_series(1, ?)";
    private static final String UPDATE =
            """
            update account a set quantity = a.quantity + c.change
            from unnest(?::bigint[], ?::bigint[]) as c (account_id, change) where a.account_id = c.account_id""";
    private static final String MOVEMENT =
            """
            insert into movement (movement_id, kind, reference, actor, occurred_at, recorded_at)
            select m.id, 'reservation', m.ref, ?, ?, ? from unnest(?::bigint[], ?::text[]) as m (id, ref)""";
    private static final String RESERVATION =
            """
            insert into reservation (reservation_id, channel, order_ref, content_hash, policy, country, region,
              postal_code, movement_id, actor, recorded_at)
            select r.id, ?, r.ref, r.hash, 'ALL_OR_NOTHING', ?, ?, ?, r.id, ?, ?
            from unnest(?::bigint[], ?::text[], ?::bytea[]) as r (id, ref, hash)""";
    private static final String LINE =
            """
            insert into reservation_line (reservation_id, line, sku, quantity)
            select * from unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[])""";
    private static final String POSTING =
            """
            insert into posting (movement_id, line, sku, from_account, to_account, quantity, reservation_id,
              reservation_line)
            select p.id, p.line, p.sku, p.available, p.reserved, p.quantity, p.id, p.line
            from unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
              as p (id, line, sku, available, reserved, quantity)""";
    private static final String ALLOCATION =
            """
            insert into allocation (reservation_id, line, account_id, quantity)
            select * from unnest(?::bigint[], ?::int[], ?::bigint[], ?::bigint[])""";
    private static final String CHANGED =
            """
            insert into changed_sku (sku, movement_id, changed_at)
            select c.sku, c.id, ? from unnest(?::text[], ?::bigint[]) as c (sku, id)""";

    private final Session session;
    private final int batch;
    private final Map<String, Long> available = new HashMap<>();
    private final Map<String, Long> reserved = new HashMap<>();

    /** @param batch orders in a transaction */
    Ingest(Stage stage, int batch) throws SQLException {
        this.batch = batch;
        this.session = new Session(stage.connect());
        session.connection().setAutoCommit(false);
        try (ResultSet row = session.statement(ACCOUNTS).executeQuery()) {
            while (row.next()) {
                (row.getString(2).equals("available") ? available : reserved).put(row.getString(1), row.getLong(3));
            }
        }
        session.connection().commit();
    }

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public int callers(int asked) {
        return 1;
    }

    private record Head(long id, Order order, byte[] hash) {}

    private record Line(long id, int line, String sku, long quantity) {}

    @Override
    public int take(OrderSource orders) throws SQLException {
        List<Long> numbers = numbers();
        List<Head> heads = new ArrayList<>(batch);
        List<Line> lines = new ArrayList<>(batch);
        TreeMap<String, Long> units = new TreeMap<>();
        TreeMap<String, Long> last = new TreeMap<>();
        for (int i = 0; i < batch; i++) {
            Order order = orders.next();
            long id = numbers.get(i);
            Map<String, Long> demand = order.demand();
            heads.add(new Head(id, order, DemandHash.of(demand)));
            int first = lines.size();
            demand.forEach((sku, quantity) -> {
                lines.add(new Line(id, lines.size() - first, sku, quantity));
                units.merge(sku, quantity, Long::sum);
                last.put(sku, id);
            });
        }
        write(heads, lines, units, last);
        session.connection().commit();
        return batch;
    }

    private List<Long> numbers() throws SQLException {
        PreparedStatement select = session.statement(NUMBERS);
        select.setInt(1, batch);
        List<Long> numbers = new ArrayList<>(batch);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
        }
        return numbers;
    }

    private void write(List<Head> heads, List<Line> lines, TreeMap<String, Long> units, TreeMap<String, Long> last)
            throws SQLException {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        List<Long> accounts = new ArrayList<>(2 * units.size());
        List<Long> changes = new ArrayList<>(2 * units.size());
        units.forEach((sku, quantity) -> {
            accounts.add(available.get(sku));
            changes.add(-quantity);
            accounts.add(reserved.get(sku));
            changes.add(quantity);
        });
        Object ids = array("bigint", heads, Head::id);
        Object refs = array("text", heads, head -> head.order().ref());
        Object hashes = session.connection()
                .createArrayOf("bytea", heads.stream().map(Head::hash).toArray(byte[][]::new));
        Object lineIds = array("bigint", lines, Line::id);
        Object numbers = array("int", lines, Line::line);
        Object skus = array("text", lines, Line::sku);
        Object quantities = array("bigint", lines, Line::quantity);
        Object from = array("bigint", lines, line -> available.get(line.sku()));
        Object to = array("bigint", lines, line -> reserved.get(line.sku()));
        run(UPDATE, array("bigint", accounts, id -> id), array("bigint", changes, change -> change));
        run(MOVEMENT, Order.ACTOR, now, now, ids, refs);
        run(POSTING, lineIds, numbers, skus, from, to, quantities);
        run(
                RESERVATION,
                Order.CHANNEL,
                Order.SHIP_TO.country(),
                Order.SHIP_TO.region(),
                Order.SHIP_TO.postalCode(),
                Order.ACTOR,
                now,
                ids,
                refs,
                hashes);
        run(LINE, lineIds, numbers, skus, quantities);
        run(ALLOCATION, lineIds, numbers, to, quantities);
        List<Map.Entry<String, Long>> changed = new ArrayList<>(last.entrySet());
        run(CHANGED, now, array("text", changed, Map.Entry::getKey), array("bigint", changed, Map.Entry::getValue));
    }

    private <T> Object array(String type, List<T> rows, Function<T, Object> field) throws SQLException {
        return session.connection().createArrayOf(type, rows.stream().map(field).toArray());
    }

    private void run(String sql, Object... values) throws SQLException {
        PreparedStatement statement = session.statement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
