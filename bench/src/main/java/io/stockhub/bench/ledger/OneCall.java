package io.stockhub.bench.ledger;

import io.stockhub.stock.Command;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Yardstick B: all of yardstick A inside the database. One call of a function an order, which is its own transaction.
 */
final class OneCall implements Contender {
    static final int CONNECTIONS = 16;

    /** SKUs come sorted, each once, with the number of its line. */
    static final String FUNCTION =
            """
            create or replace function bench_reserve(p_channel text, p_ref text, p_hash bytea, p_country text,
              p_region text, p_postal_code text, p_actor text, p_skus text[], p_lines integer[], p_quantities bigint[])
            returns boolean language plpgsql as $$
            declare
              v_available bigint[];
              v_reserved bigint[];
              v_there bigint[];
              v_id bigint;
              v_now timestamptz;
            begin
              select array_agg(account_id order by sku) filter (where state = 'available'),
                     array_agg(account_id order by sku) filter (where state = 'reserved'),
                     array_agg(quantity order by sku) filter (where state = 'available')
              into v_available, v_reserved, v_there
              from (select account_id, sku, state, quantity from account
                    where sku = any (p_skus) and location = 'MAIN' and state in ('available', 'reserved')
                      and lot = '' and serial = '' and bin = '' and pool = '' and holder = ''
                    order by sku, state for no key update) locked;
              if v_there is null or cardinality(v_there) <> cardinality(p_skus) then
                return false;
              end if;
              for i in 1 .. cardinality(p_skus) loop
                if v_there[i] < p_quantities[i] then
                  return false;
                end if;
              end loop;
              v_id := nextval('ledger_sequence');
              v_now := clock_timestamp();
              insert into movement (movement_id, kind, reference, actor, occurred_at, recorded_at)
              values (v_id, 'reservation', p_ref, p_actor, v_now, v_now);
              insert into reservation (reservation_id, channel, order_ref, content_hash, policy, country, region,
                postal_code, movement_id, actor, recorded_at)
              values (v_id, p_channel, p_ref, p_hash, 'ALL_OR_NOTHING', p_country, p_region,
                p_postal_code, v_id, p_actor, v_now);
              for i in 1 .. cardinality(p_skus) loop
                insert into reservation_line (reservation_id, line, sku, quantity)
                values (v_id, p_lines[i], p_skus[i], p_quantities[i]);
                insert into posting (movement_id, line, sku, from_account, to_account, quantity, reservation_id,
                  reservation_line)
                values (v_id, p_lines[i], p_skus[i], v_available[i], v_reserved[i], p_quantities[i], v_id, p_lines[i]);
                insert into allocation (reservation_id, line, account_id, quantity)
                values (v_id, p_lines[i], v_reserved[i], p_quantities[i]);
                update account set quantity = quantity - p_quantities[i] where account_id = v_available[i];
                update account set quantity = quantity + p_quantities[i] where account_id = v_reserved[i];
                insert into changed_sku (sku, movement_id, changed_at) values (p_skus[i], v_id, v_now);
              end loop;
              return true;
            end $$""";

    private static final String CALL = "select bench_reserve(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Sessions sessions;

    OneCall(Stage stage) throws SQLException {
        stage.execute(FUNCTION);
        this.sessions = new Sessions(stage, CONNECTIONS, true);
    }

    @Override
    public String name() {
        return "B";
    }

    @Override
    public int take(OrderSource orders) throws SQLException, InterruptedException {
        Order order = orders.next();
        Session session = sessions.take();
        try {
            return call(session, order) ? 1 : 0;
        } finally {
            sessions.giveBack(session);
        }
    }

    private static boolean call(Session session, Order order) throws SQLException {
        Map<String, Long> demand = order.demand();
        TreeMap<String, Integer> lines = new TreeMap<>();
        demand.keySet().forEach(sku -> lines.put(sku, lines.size()));
        Command.ShipTo to = Order.SHIP_TO;
        PreparedStatement call = session.statement(CALL);
        call.setString(1, Order.CHANNEL);
        call.setString(2, order.ref());
        call.setBytes(3, DemandHash.of(demand));
        call.setString(4, to.country());
        call.setString(5, to.region());
        call.setString(6, to.postalCode());
        call.setString(7, Order.ACTOR);
        call.setArray(
                8, session.connection().createArrayOf("text", lines.keySet().toArray()));
        call.setArray(
                9, session.connection().createArrayOf("int", lines.values().toArray()));
        call.setArray(
                10,
                session.connection()
                        .createArrayOf(
                                "bigint",
                                lines.keySet().stream().map(demand::get).toArray()));
        try (ResultSet row = call.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @Override
    public void close() throws SQLException {
        sessions.close();
    }
}
