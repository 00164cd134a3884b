package io.stockhub.stock.jdbc;

import static io.stockhub.stock.jdbc.SkuStockReader.texts;

import io.stockhub.stock.availability.ChangedSkus;
import io.stockhub.stock.availability.Rules;
import io.stockhub.stock.availability.SkuStock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** News of the stock master in PostgreSQL. */
public final class JdbcChangedSkus implements ChangedSkus {
    /** Tells our advisory locks from others. */
    private static final int LOCK_CLASS = 0x53_4b_55;

    /**
     * Advisory locks live in memory that all connections share, so SKUs share locks: a taking holds 256 at most. Two
     * hubs wait for one another a little more often than they must.
     */
    private static final int LOCKS = 256;

    private final RuleBook book;

    public JdbcChangedSkus(RuleBook book) {
        this.book = book;
    }

    @Override
    public List<Changed> take(Connection connection, int max) throws SQLException {
        expire(connection);
        List<Changed> changed = new ArrayList<>();
        try (PreparedStatement delete = connection.prepareStatement(
                """
                with recursive taken as (
                  delete from changed_sku where change_id in (
                    select change_id from changed_sku order by change_id limit ? for update skip locked)
                  returning sku, changed_at, movement_id),
                upward (sku, changed_at, movement_id) as (
                  select sku, min(changed_at), max(movement_id) from taken group by sku
                  union
                  select c.sku, u.changed_at, u.movement_id from upward u join sku_component c on c.component = u.sku
                  join sku s on s.sku = c.sku and not s.assembled)
                select sku, min(changed_at), max(movement_id) from upward group by sku order by sku""")) {
            delete.setInt(1, max);
            ResultSet row = delete.executeQuery();
            while (row.next()) {
                changed.add(new Changed(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant(), row.getLong(3)));
            }
        }
        inOrder(connection, changed.stream().map(Changed::sku).toList());
        return changed;
    }

    /** In the order of the locks' numbers, so that two hubs never wait in a circle. */
    private static void inOrder(Connection connection, Collection<String> skus) throws SQLException {
        if (skus.isEmpty()) {
            return;
        }
        try (PreparedStatement lock = connection.prepareStatement(
                """
                select pg_advisory_xact_lock(?, number) from (
                  select distinct hashtext(sku) & ? as number from unnest(?::text[]) sku order by number offset 0) n""")) {
            lock.setInt(1, LOCK_CLASS);
            lock.setInt(2, LOCKS - 1);
            lock.setArray(3, texts(connection, skus));
            lock.executeQuery();
        }
    }

    /** Nothing is posted when a lot expires. The hub that moves the day on counts its SKUs as changed. */
    private static void expire(Connection connection) throws SQLException {
        try (PreparedStatement mark = connection.prepareStatement(
                """
                with day as (
                  select seen_until, (now() at time zone 'UTC')::date as today from expiry_watch
                  where seen_until < (now() at time zone 'UTC')::date for update skip locked),
                moved as (update expiry_watch set seen_until = day.today from day)
                insert into changed_sku (sku, movement_id, changed_at)
                select distinct l.sku, 0, now() from lot l join day on l.expiry >= day.seen_until and l.expiry < day.today
                order by 1""")) {
            mark.executeUpdate();
        }
    }

    @Override
    public void markAll(Connection connection) throws SQLException {
        markEverySku(connection);
    }

    static void markEverySku(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into changed_sku (sku, movement_id, changed_at) select sku, 0, now() from sku order by sku")) {
            insert.executeUpdate();
        }
    }

    @Override
    public void mark(Connection connection, Collection<String> skus) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                """
                insert into changed_sku (sku, movement_id, changed_at)
                select distinct sku, 0, now() from unnest(?::text[]) sku order by sku""")) {
            insert.setArray(1, texts(connection, skus));
            insert.executeUpdate();
        }
    }

    @Override
    public void lock(Connection connection, Collection<String> skus) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select sku from sku where sku = any (?) order by sku for no key update")) {
            lock.setArray(1, texts(connection, skus));
            lock.executeQuery();
        }
    }

    @Override
    public void lease(Connection connection, Map<String, Long> units) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                """
                update sku s set leased = l.units from unnest(?::text[], ?::bigint[]) l (sku, units)
                where s.sku = l.sku and s.leased <> l.units""")) {
            update.setArray(1, texts(connection, units.keySet()));
            update.setArray(2, connection.createArrayOf("bigint", units.values().toArray()));
            update.executeUpdate();
        }
    }

    @Override
    public Map<String, SkuStock> available(Connection connection, Collection<String> skus) throws SQLException {
        return new SkuStockReader(connection).sellable(skus);
    }

    @Override
    public Rules rules(Connection connection) throws SQLException {
        return book.read(connection);
    }

    /** Sellable units of the shared pool by location; SKUs without any are absent. */
    static Map<String, Map<String, Long>> read(Connection connection, Collection<String> skus) throws SQLException {
        Map<String, Map<String, Long>> available = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                """
                select a.sku, a.location, sum(a.quantity) from account a
                left join lot l on l.sku = a.sku and l.lot = a.lot
                where a.sku = any (?) and a.state = 'available' and a.pool = ''
                  and (l.expiry is null or l.expiry >= (now() at time zone 'UTC')::date)
                group by a.sku, a.location""")) {
            select.setArray(1, texts(connection, skus));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                available
                        .computeIfAbsent(row.getString(1), sku -> new HashMap<>())
                        .put(row.getString(2), row.getLong(3));
            }
        }
        return available;
    }
}
