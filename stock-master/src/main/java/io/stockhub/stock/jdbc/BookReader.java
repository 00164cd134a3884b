package io.stockhub.stock.jdbc;

import io.stockhub.stock.Command;
import io.stockhub.stock.StockState;
import io.stockhub.stock.ledger.Account;
import io.stockhub.stock.ledger.Book;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Locks and reads what a batch needs. The lock order of the whole ledger stands here and nowhere else: first
 * reservations by id, then balances by (SKU, location, state).
 */
final class BookReader {
    private static final String LOCK_BALANCES =
            """
            select sku, location, state, quantity from balance
            where sku = any (?) order by sku, location, state for update""";
    private static final String LOCK_RESERVATIONS =
            """
            select reservation_id from reservation where reservation_id = any (?)
               or (channel, order_ref) in (select * from unnest(?::text[], ?::text[]))
               or reservation_id in (
                 select reservation_id from reservation_line where backordered > 0 and (
                   sku = any (?) or sku in (select sku from reservation_line where reservation_id = any (?))))
            order by reservation_id for update""";

    private final Connection connection;

    BookReader(Connection connection) {
        this.connection = connection;
    }

    Book read(Collection<Command> commands) throws SQLException {
        Map<String, Book.Known> keys = keys(commands);
        List<Book.Booked> reservations = reservations(commands, keys);
        Set<String> skus = new TreeSet<>();
        commands.forEach(command -> lines(command).forEach(line -> skus.add(line.sku())));
        reservations.forEach(booked -> booked.reservation().lines().forEach(line -> skus.add(line.sku())));
        Map<Account, Long> balances = lockBalances(skus);
        List<Long> numbers = new ArrayList<>();
        Instant recordedAt = numbersAndTime(numbersNeeded(commands, reservations), numbers);
        Book book = new Book(recordedAt, numbers.iterator(), locations(), knownSkus(skus), balances);
        keys.forEach(book::addKey);
        reservations.forEach(book::addReservation);
        return book;
    }

    /** Two a command; and one for each backorder that may be filled, or filled in part once a line that brings stock. */
    private static int numbersNeeded(Collection<Command> commands, List<Book.Booked> reservations) {
        int lines = commands.stream().mapToInt(command -> lines(command).size()).sum();
        int waiting = reservations.stream()
                .mapToInt(booked -> booked.reservation().lines().size())
                .sum();
        return 2 * commands.size() + 2 * lines + 3 * waiting;
    }

    private static List<Command.Line> lines(Command command) {
        return switch (command) {
            case Command.Move move -> move.lines();
            case Command.Reserve reserve -> reserve.lines();
            case Command.Ship ship -> ship.lines();
            case Command.Cancel cancel -> cancel.lines();
        };
    }

    private Map<String, Book.Known> keys(Collection<Command> commands) throws SQLException {
        Set<String> asked = new TreeSet<>();
        for (Command command : commands) {
            if (command.key() != null) {
                asked.add(command.key());
            }
        }
        Map<String, Book.Known> known = new HashMap<>();
        if (asked.isEmpty()) {
            return known;
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select key, content_hash, movement_id, reservation_id, recorded_at from idempotency where key = any (?)")) {
            select.setArray(1, text(asked));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                Book.Known effect = new Book.Known(
                        row.getBytes(2),
                        row.getObject(3, Long.class),
                        row.getObject(4, Long.class),
                        row.getObject(5, OffsetDateTime.class).toInstant());
                known.put(row.getString(1), effect);
            }
        }
        return known;
    }

    private List<Book.Booked> reservations(Collection<Command> commands, Map<String, Book.Known> keys)
            throws SQLException {
        Set<Long> ids = new TreeSet<>();
        List<String> channels = new ArrayList<>();
        List<String> orders = new ArrayList<>();
        Set<String> arriving = new TreeSet<>();
        Set<Long> released = new TreeSet<>();
        for (Command command : commands) {
            switch (command) {
                case Command.Reserve reserve -> {
                    channels.add(reserve.channel());
                    orders.add(reserve.orderRef());
                }
                case Command.Ship ship -> ids.add(ship.reservationId());
                case Command.Cancel cancel -> {
                    ids.add(cancel.reservationId());
                    released.add(cancel.reservationId());
                }
                case Command.Move move ->
                    move.lines().stream().filter(line -> line.quantity() > 0).forEach(line -> arriving.add(line.sku()));
            }
        }
        keys.values().stream()
                .filter(known -> known.reservationId() != null)
                .forEach(known -> ids.add(known.reservationId()));
        if (ids.isEmpty() && orders.isEmpty() && arriving.isEmpty()) {
            return List.of();
        }
        List<Long> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(LOCK_RESERVATIONS)) {
            select.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            select.setArray(2, text(channels));
            select.setArray(3, text(orders));
            select.setArray(4, text(arriving));
            select.setArray(5, connection.createArrayOf("bigint", released.toArray()));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                found.add(row.getLong(1));
            }
        }
        return found.isEmpty() ? List.of() : new ReservationReader(connection).booked(found);
    }

    private Map<Account, Long> lockBalances(Set<String> skus) throws SQLException {
        Map<Account, Long> balances = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LOCK_BALANCES)) {
            select.setArray(1, text(skus));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                Account account = new Account(row.getString(1), row.getString(2), StockState.of(row.getString(3)));
                balances.put(account, row.getLong(4));
            }
        }
        return balances;
    }

    /** Taken after the locks, so that numbers and times of one SKU grow in the order in which its commands commit. */
    private Instant numbersAndTime(int count, List<Long> numbers) throws SQLException {
        Instant now = Instant.EPOCH;
        try (PreparedStatement select = connection.prepareStatement(
                "select nextval('ledger_sequence'), clock_timestamp() from generate_series(1, ?)")) {
            select.setInt(1, count);
            ResultSet row = select.executeQuery();
            while (row.next()) {
                numbers.add(row.getLong(1));
                now = row.getObject(2, OffsetDateTime.class).toInstant();
            }
        }
        return now;
    }

    private List<String> locations() throws SQLException {
        List<String> locations = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select location_id from location order by priority, location_id")) {
            ResultSet row = select.executeQuery();
            while (row.next()) {
                locations.add(row.getString(1));
            }
        }
        return locations;
    }

    private Set<String> knownSkus(Set<String> asked) throws SQLException {
        Set<String> known = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("select sku from sku where sku = any (?)")) {
            select.setArray(1, text(asked));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                known.add(row.getString(1));
            }
        }
        return known;
    }

    private java.sql.Array text(Collection<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }
}
