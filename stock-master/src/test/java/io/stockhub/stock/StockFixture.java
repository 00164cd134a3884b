package io.stockhub.stock;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.stockhub.postgres.EmbeddedPostgres;
import io.stockhub.stock.availability.ChangedSkus;
import io.stockhub.stock.availability.RulesDesk;
import io.stockhub.stock.jdbc.JdbcCatalogue;
import io.stockhub.stock.jdbc.JdbcChangedSkus;
import io.stockhub.stock.jdbc.JdbcRules;
import io.stockhub.stock.jdbc.JdbcStockMaster;
import io.stockhub.stock.jdbc.JdbcStockQueries;
import io.stockhub.stock.jdbc.RuleBook;
import io.stockhub.stock.jdbc.Sealer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A stock master on a fresh database, with the warehouses NORTH (first) and SOUTH. */
final class StockFixture implements AutoCloseable {
    final HikariDataSource dataSource;
    final StockMaster master;
    final StockQueries queries;
    final Catalogue catalogue;
    final ChangedSkus changedSkus = new JdbcChangedSkus(new RuleBook(List.of()));
    private final List<AutoCloseable> others = new ArrayList<>();

    StockFixture() {
        this(EmbeddedPostgres.temporary());
    }

    StockFixture(EmbeddedPostgres postgres) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.jdbcUrl(postgres.createDatabase("stock")));
        config.setUsername(postgres.user());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(8);
        config.setConnectionTimeout(5_000);
        dataSource = new HikariDataSource(config);
        Flyway.configure().dataSource(dataSource).load().migrate();
        master = new JdbcStockMaster(dataSource, () -> {});
        queries = new JdbcStockQueries(dataSource);
        catalogue = new JdbcCatalogue(dataSource);
        catalogue.put(new Catalogue.Location("NORTH", "North", "warehouse", null, null, null, 1));
        catalogue.put(new Catalogue.Location("SOUTH", "South", "warehouse", null, null, null, 2));
    }

    /** A SKU whose units are told apart. */
    void sku(String sku, Tracking tracking) {
        sku(sku);
        sql("update sku set tracking = ? where sku = ?", tracking.code(), sku);
    }

    /** A SKU without stock of its own; {@code parts} is SKU, units, SKU, units. */
    void bundle(String sku, Object... parts) {
        sku(sku);
        for (int i = 0; i < parts.length; i += 2) {
            sql(
                    "insert into sku_component (sku, component, quantity) values (?, ?, ?)",
                    sku,
                    parts[i],
                    ((Number) parts[i + 1]).longValue());
        }
    }

    /** A SKU that is made of others and then has stock of its own. */
    void kit(String sku, Object... parts) {
        bundle(sku, parts);
        sql("update sku set assembled = true where sku = ?", sku);
    }

    /** Makes a document of rules hold. */
    void rules(String document) {
        RulesDesk.Outcome outcome = new JdbcRules(dataSource, new RuleBook(List.of()), Set.of(), () -> {})
                .apply(document, "tester", null, null);
        if (!(outcome instanceof RulesDesk.Outcome.Applied)) {
            throw new AssertionError(outcome);
        }
    }

    void sql(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** The first column of each row as text. */
    List<String> rows(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(String.valueOf(row.getString(1)));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** A movement without an order. */
    static Command.Move move(
            MovementKind kind,
            String location,
            @Nullable String reference,
            MoveDetails details,
            Command.Line... lines) {
        return new Command.Move(kind, location, reference, null, null, "tester", null, details, List.of(lines));
    }

    static Command.Move move(MovementKind kind, String location, @Nullable String reference, Command.Line... lines) {
        return move(kind, location, reference, MoveDetails.NONE, lines);
    }

    static Command.Line line(String sku, long quantity) {
        return new Command.Line(sku, quantity);
    }

    static Command.Line line(String sku, long quantity, UnaryOperator<Goods> goods) {
        return new Command.Line(sku, quantity, goods.apply(Goods.ANY));
    }

    /** Executes a movement that must happen and says its number. */
    long moved(Command command) {
        if (master.execute(command) instanceof Answer.Moved moved) {
            return moved.movementId();
        }
        throw new AssertionError("expected a movement, got " + master.execute(command));
    }

    /** The number of the last movement of a kind. */
    long last(MovementKind kind) {
        return Long.parseLong(rows("select max(movement_id) from movement where kind = '" + kind.code() + "'")
                .getFirst());
    }

    Answer reverse(long movementId) {
        return master.execute(new Command.Reverse(movementId, null, "tester", null));
    }

    /** Units in a state, wherever and whatever they are. */
    long units(String sku, StockState state) {
        return queries.stock(sku).orElseThrow().stream()
                .mapToLong(location -> location.states().getOrDefault(state, 0L))
                .sum();
    }

    Reservation order(String orderRef) {
        return queries.reservation("shop", orderRef).orElseThrow();
    }

    static String code(Answer answer) {
        return answer instanceof Answer.Refused refused
                ? String.valueOf(refused.code()).toLowerCase(Locale.ROOT).replace('_', '-')
                : "not refused: " + answer;
    }

    /** Another hub on the same database. */
    StockMaster secondHub() {
        StockMaster second = new JdbcStockMaster(dataSource, () -> {});
        others.add(second);
        return second;
    }

    DataSource dataSource() {
        return dataSource;
    }

    void sku(String sku) {
        catalogue.put(Catalogue.Sku.of(sku, "Title of " + sku));
    }

    Answer receive(String sku, String location, long quantity) {
        return receive(sku, location, quantity, null);
    }

    Answer receive(String sku, String location, long quantity, @Nullable String key) {
        return master.execute(new Command.Move(
                MovementKind.RECEIPT,
                location,
                "PO-1",
                null,
                null,
                "tester",
                key,
                List.of(new Command.Line(sku, quantity))));
    }

    Answer adjust(String sku, String location, long quantity) {
        return master.execute(new Command.Move(
                MovementKind.ADJUSTMENT,
                location,
                "COUNT-1",
                "counted",
                null,
                "tester",
                null,
                List.of(new Command.Line(sku, quantity))));
    }

    Command.Reserve order(String orderRef, Command.Policy policy, Command.Line... lines) {
        return new Command.Reserve("shop", orderRef, policy, null, null, "tester", null, List.of(lines));
    }

    Reservation held(Answer answer) {
        if (answer instanceof Answer.Held held) {
            return held.reservation();
        }
        throw new AssertionError("expected a reservation, got " + answer);
    }

    long available(String sku, String location) {
        return queries.available(List.of(sku)).getOrDefault(sku, Map.of()).getOrDefault(location, 0L);
    }

    /** Seals until all that is written now is in the chain; another transaction may hold it up for a moment. */
    void sealAll() {
        Sealer sealer = new Sealer(dataSource);
        long last = number("select last_value from ledger_sequence");
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (number("select sealed_to from seal_head") < last) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the chain did not reach number " + last);
            }
            sealer.step();
        }
    }

    long number(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable other : others) {
            other.close();
        }
        master.close();
        dataSource.close();
    }
}
