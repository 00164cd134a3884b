package io.stockhub.stock.jdbc;

import io.stockhub.stock.Command;
import io.stockhub.stock.Detail;
import io.stockhub.stock.StockState;
import io.stockhub.stock.Tracking;
import io.stockhub.stock.ledger.Account;
import io.stockhub.stock.ledger.Book;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Locks and reads what a batch needs. The lock order of the whole ledger stands here and nowhere else: first
 * reservations by id, then inbounds by location and reference, then SKUs by name. Whoever holds a SKU's lock has all of
 * its accounts to himself.
 */
final class BookReader {
    /** The lock on SKUs; a parameter only so that a test can show what becomes of the ledger without its order. */
    static final String LOCK_SKUS =
            """
            select sku, tracking, assembled, cost, xmin::text::bigint from sku
            where sku = any (?) order by sku for no key update""";

    private static final int NUMBERS_MIN = 64;

    private final Rows rows;
    private final String lockSkus;
    private final Map<String, Long> versions = new HashMap<>();

    BookReader(Connection connection, String lockSkus) {
        this.rows = new Rows(connection);
        this.lockSkus = lockSkus;
    }

    Book read(Collection<Command> commands) throws SQLException {
        Needs needs = Needs.of(commands);
        Map<String, Book.Known> keys = keys(needs);
        keys.values().stream()
                .filter(known -> known.reservationId() != null)
                .forEach(known -> needs.reservations.add(known.reservationId()));
        PastReader pastReader = new PastReader(rows);
        Map<Long, Book.Past> past = pastReader.movements(needs);
        List<Book.Booked> reservations = new ReservationReader(rows).lock(needs);
        DocumentReader documents = new DocumentReader(rows);
        documents.lock(needs);
        reservations.forEach(booked -> booked.reservation().lines().forEach(line -> {
            needs.skus.add(line.sku());
            needs.skus.addAll(line.parts().keySet());
        }));
        Map<String, Map<String, Long>> parts = parts(needs.skus);
        parts.values().forEach(part -> needs.skus.addAll(part.keySet()));
        Map<String, Book.SkuInfo> skus = lockSkus(needs.skus, parts);
        passedBy(needs, keys.size(), reservations);
        Map<Account, Stored> accounts = accounts(needs.skus);
        Places places = places();
        Numbers numbers = new Numbers(rows, Math.max(NUMBERS_MIN, 3 * commands.size()));
        Book book = new Book(numbers.takenAt(), numbers, places.rulesVersion(), places.list());
        skus.forEach(book::addSku);
        accounts.forEach((account, stored) -> book.addAccount(stored.id(), account, stored.quantity()));
        keys.forEach(book::addKey);
        reservations.forEach(book::addReservation);
        pastReader.stillThere(past).forEach(book::addPast);
        documents.fill(book);
        lots(needs, skus, accounts, book);
        bins(needs, accounts, book);
        costs(needs, book);
        return book;
    }

    /**
     * What another hub did under one of our keys or for one of our orders while we waited for its locks was not there when
     * we looked: all is read again, or a repeat would be decided as if it were new.
     */
    private void passedBy(Needs needs, int keysBefore, List<Book.Booked> reservations) throws SQLException {
        if (needs.keys.isEmpty() && needs.orderRefs.isEmpty()) {
            return;
        }
        Set<List<String>> asked = new HashSet<>();
        for (int i = 0; i < needs.orderRefs.size(); i++) {
            asked.add(List.of(needs.orderChannels.get(i), needs.orderRefs.get(i)));
        }
        long ordersBefore = reservations.stream()
                .map(Book.Booked::reservation)
                .filter(there -> asked.contains(List.of(there.channel(), there.orderRef())))
                .count();
        List<Long> now = new ArrayList<>();
        rows.query(
                """
                select (select count(*) from idempotency where key = any (?)),
                       (select count(*) from reservation
                        where (channel, order_ref) in (select * from unnest(?::text[], ?::text[])))""",
                row -> now.addAll(List.of(row.getLong(1), row.getLong(2))),
                rows.texts(needs.keys),
                rows.texts(needs.orderChannels),
                rows.texts(needs.orderRefs));
        if (!now.equals(List.of((long) keysBefore, ordersBefore))) {
            throw new SQLException("Another hub used a key or took an order of this batch meanwhile.", "40001");
        }
    }

    private record Stored(long id, long quantity) {}

    private Map<String, Book.Known> keys(Needs needs) throws SQLException {
        Map<String, Book.Known> known = new HashMap<>();
        if (!needs.keys.isEmpty()) {
            rows.query(
                    "select key, content_hash, movement_id, reservation_id, recorded_at from idempotency where key = any (?)",
                    row -> known.put(
                            row.getString(1),
                            new Book.Known(
                                    row.getBytes(2),
                                    row.getObject(3, Long.class),
                                    row.getObject(4, Long.class),
                                    Rows.time(row, 5))),
                    rows.texts(needs.keys));
        }
        return known;
    }

    /**
     * What bundles and kits are made of: bundles inside them are taken apart, kits are not. Read before the locks, since
     * it says what to lock; a SKU that was changed in between is noticed by its row's version.
     */
    private Map<String, Map<String, Long>> parts(Set<String> skus) throws SQLException {
        Map<String, Map<String, Long>> parts = new HashMap<>();
        rows.query(
                Recipes.PARTS
                        + """
                union all
                select sku, null, xmin::text::bigint from sku where sku = any (?)
                order by 1, 2""",
                row -> {
                    if (row.getString(2) == null) {
                        versions.put(row.getString(1), row.getLong(3));
                    } else {
                        parts.computeIfAbsent(row.getString(1), root -> new LinkedHashMap<>())
                                .put(row.getString(2), row.getLong(3));
                    }
                },
                rows.texts(skus),
                rows.texts(skus));
        return parts;
    }

    private Map<String, Book.SkuInfo> lockSkus(Set<String> skus, Map<String, Map<String, Long>> parts)
            throws SQLException {
        Map<String, Book.SkuInfo> known = new HashMap<>();
        List<String> changed = new ArrayList<>();
        rows.query(
                lockSkus,
                row -> {
                    String sku = row.getString(1);
                    Map<String, Long> mine = parts.getOrDefault(sku, Map.of());
                    boolean bundle = !mine.isEmpty() && !row.getBoolean(3);
                    known.put(sku, new Book.SkuInfo(Tracking.of(row.getString(2)), bundle, mine, row.getBigDecimal(4)));
                    Long before = versions.get(sku);
                    if (before != null && before != row.getLong(5)) {
                        changed.add(sku);
                    }
                },
                rows.texts(skus));
        if (!changed.isEmpty()) {
            throw new SQLException("Somebody changed " + changed + " meanwhile.", "40001");
        }
        return known;
    }

    /** All accounts that hold something, and those of units like any other, which most movements touch. */
    private Map<Account, Stored> accounts(Set<String> skus) throws SQLException {
        Map<Account, Stored> accounts = new LinkedHashMap<>();
        rows.query(
                """
                select account_id, sku, location, state, lot, serial, bin, pool, holder, quantity from account
                where sku = any (?) and (quantity <> 0 or (lot = '' and serial = '' and bin = '' and pool = ''
                                                           and holder = ''))""",
                row -> accounts.put(account(row, 2), new Stored(row.getLong(1), row.getLong(10))),
                rows.texts(skus));
        return accounts;
    }

    /** Reads SKU, location, state, lot, serial, bin, pool, holder from eight columns. */
    static Account account(ResultSet row, int first) throws SQLException {
        String lot = row.getString(first + 3);
        String serial = row.getString(first + 4);
        String bin = row.getString(first + 5);
        String pool = row.getString(first + 6);
        String holder = row.getString(first + 7);
        boolean plain = lot.isEmpty() && serial.isEmpty() && bin.isEmpty() && pool.isEmpty() && holder.isEmpty();
        return new Account(
                row.getString(first),
                row.getString(first + 1),
                StockState.of(row.getString(first + 2)),
                plain ? Detail.NONE : new Detail(lot, serial, bin, pool, holder));
    }

    private record Places(long rulesVersion, List<Book.Place> list) {}

    private Places places() throws SQLException {
        List<Book.Place> places = new ArrayList<>();
        List<Long> version = new ArrayList<>();
        rows.query(
                """
                select location_id, case when managed_by is null then kind else 'marketplace' end, priority,
                       latitude, longitude, time_zone, managed_by,
                       exists (select from bin where location = location_id),
                       (select coalesce(max(version), 0) from rule_set)
                from location""",
                row -> {
                    places.add(new Book.Place(WarehouseRow.read(row, 1), row.getString(7), row.getBoolean(8)));
                    version.add(row.getLong(9));
                });
        return new Places(version.isEmpty() ? 0 : version.getFirst(), places);
    }

    private void lots(Needs needs, Map<String, Book.SkuInfo> skus, Map<Account, Stored> accounts, Book book)
            throws SQLException {
        if (skus.values().stream().noneMatch(info -> info.tracking() == Tracking.LOT)) {
            return;
        }
        Map<String, Set<String>> wanted = new TreeMap<>();
        accounts.keySet().stream()
                .filter(account -> !account.detail().lot().isEmpty())
                .forEach(account -> wanted.computeIfAbsent(account.sku(), sku -> new TreeSet<>())
                        .add(account.detail().lot()));
        needs.lots.forEach((sku, lots) ->
                wanted.computeIfAbsent(sku, any -> new TreeSet<>()).addAll(lots));
        List<String> lotSkus = new ArrayList<>();
        List<String> lots = new ArrayList<>();
        wanted.forEach((sku, names) -> names.forEach(name -> {
            lotSkus.add(sku);
            lots.add(name);
        }));
        rows.query(
                """
                select sku, lot, expiry from lot
                where (sku, lot) in (select * from unnest(?::text[], ?::text[]))""",
                row -> book.addLot(row.getString(1), row.getString(2), row.getObject(3, LocalDate.class)),
                rows.texts(lotSkus),
                rows.texts(lots));
    }

    private void bins(Needs needs, Map<Account, Stored> accounts, Book book) throws SQLException {
        Set<String> bins = new TreeSet<>(needs.bins);
        accounts.keySet().forEach(account -> bins.add(account.detail().bin()));
        bins.remove("");
        if (!bins.isEmpty()) {
            rows.query(
                    "select location, bin, pick_order from bin where bin = any (?)",
                    row -> book.addBin(row.getString(1), row.getString(2), row.getInt(3)),
                    rows.texts(bins));
        }
    }

    private void costs(Needs needs, Book book) throws SQLException {
        if (!needs.costs.isEmpty()) {
            rows.query(
                    "select sku, average from sku_cost where sku = any (?)",
                    row -> book.addCost(row.getString(1), row.getBigDecimal(2)),
                    rows.texts(needs.costs));
        }
    }

    /** Numbers taken after the locks, so that those of one SKU grow in the order in which its commands commit. */
    private static final class Numbers implements LongSupplier {
        private final Rows rows;
        private final Deque<Long> left = new ArrayDeque<>();
        private final Instant takenAt;

        Numbers(Rows rows, int count) throws SQLException {
            this.rows = rows;
            this.takenAt = take(count);
        }

        Instant takenAt() {
            return takenAt;
        }

        private Instant take(int count) throws SQLException {
            List<Instant> now = new ArrayList<>(1);
            // The transaction has its number before it takes one of ours: whoever sees that no such transaction runs
            // any
            // more knows that no movement with an older number will appear.
            rows.query(
                    """
                    select nextval('ledger_sequence'), clock_timestamp(), tx.id
                    from (select pg_current_xact_id() as id offset 0) tx, generate_series(1, ?)""",
                    row -> {
                        left.add(row.getLong(1));
                        if (now.isEmpty()) {
                            now.add(row.getObject(2, OffsetDateTime.class).toInstant());
                        }
                    },
                    count);
            return now.getFirst();
        }

        @Override
        public long getAsLong() {
            if (left.isEmpty()) {
                try {
                    take(NUMBERS_MIN);
                } catch (SQLException e) {
                    throw new Rows.BrokenOffException(e);
                }
            }
            return left.remove();
        }
    }
}
