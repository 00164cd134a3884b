package io.stockhub.stock.jdbc;

import io.stockhub.stock.Command;
import io.stockhub.stock.Detail;
import io.stockhub.stock.StockState;
import io.stockhub.stock.Tracking;
import io.stockhub.stock.ledger.Account;
import io.stockhub.stock.ledger.Book;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Locks and reads what a batch needs. The lock order of the whole ledger stands here and nowhere else: first
 * reservations by id, then inbounds by location and reference, then SKUs by name. Whoever holds a SKU's lock has all of
 * its accounts to himself. A batch of nothing but new orders locks SKUs alone, and all it needs is one request.
 */
final class BookReader {
    /** The lock on SKUs; a parameter only so that a test can show what becomes of the ledger without its order. */
    static final String LOCK_SKUS =
            """
            select sku, tracking, assembled, cost, leased from sku
            where sku = any (?) order by sku for no key update""";

    private static final String KEYS =
            "select key, content_hash, movement_id, reservation_id, recorded_at from idempotency where key = any (?)";
    private static final String ORDERS =
            """
            select reservation_id from reservation
            where (channel, order_ref) in (select * from unnest(?::text[], ?::text[]))""";
    /** All accounts that hold something, and those of units like any other, which most movements touch. */
    private static final String ACCOUNTS =
            """
            select account_id, sku, location, state, lot, serial, bin, pool, holder, quantity from account
            where sku = any (?) and (quantity <> 0 or (lot = '' and serial = '' and bin = '' and pool = ''
                                                       and holder = ''))""";

    private static final String ACCOUNTS_OF_ORDERS = ACCOUNTS + " and state in ('available', 'reserved')";

    private final Rows rows;
    private final String lockSkus;
    private final MasterData masterData;

    BookReader(Connection connection, String lockSkus, MasterData masterData) {
        this.rows = new Rows(connection);
        this.lockSkus = lockSkus;
        this.masterData = masterData;
    }

    Book read(Collection<Command> commands) throws SQLException {
        Needs needs = Needs.of(commands);
        PastReader pastReader = new PastReader(rows);
        DocumentReader documents = new DocumentReader(rows);
        ReservationReader reservationReader = new ReservationReader(rows);
        Map<Long, Book.Past> past = Map.of();
        List<Book.Booked> reservations = List.of();
        Set<String> keysBefore = Set.of();
        if (!needs.onlyNewOrders()) {
            Map<String, Book.Known> keys = keys(needs);
            keysBefore = keys.keySet();
            keys.values().stream()
                    .filter(known -> known.reservationId() != null)
                    .forEach(known -> needs.reservations.add(known.reservationId()));
            past = pastReader.movements(needs);
            reservations = reservationReader.lock(needs);
            documents.lock(needs);
            reservations.forEach(booked -> booked.reservation().lines().forEach(line -> {
                needs.skus.add(line.sku());
                needs.skus.addAll(line.parts().keySet());
            }));
        }
        masterData.addParts(rows, needs.skus);
        Locked locked = lock(needs);
        recipesStillHold(needs, locked);
        if (needs.onlyNewOrders()) {
            reservations = repeated(reservationReader, locked);
        } else {
            passedBy(keysBefore, reservations, locked);
        }
        Book book = new Book(locked.numbers.takenAt(), locked.numbers, masterData.rulesVersion(), masterData.places());
        locked.skus.forEach(row -> book.addSku(row.sku(), row.info(masterData.parts(row.sku()))));
        locked.accounts.forEach((account, stored) -> book.addAccount(stored.id(), account, stored.quantity()));
        locked.keys.forEach(book::addKey);
        reservations.forEach(book::addReservation);
        pastReader.stillThere(past).forEach(book::addPast);
        documents.fill(book);
        lots(needs, locked, book);
        bins(needs, locked.accounts.keySet(), book);
        costs(needs, book);
        return book;
    }

    private record Stored(long id, long quantity) {}

    private record SkuRow(String sku, Tracking tracking, boolean assembled, @Nullable BigDecimal cost, long leased) {
        Book.SkuInfo info(Map<String, Long> parts) {
            return new Book.SkuInfo(tracking, !parts.isEmpty() && !assembled, parts, cost, leased);
        }
    }

    /** What is read once the SKUs are locked. */
    private static final class Locked {
        private final List<SkuRow> skus = new ArrayList<>();
        private final Map<String, Book.Known> keys = new HashMap<>();
        private final Set<Long> orders = new TreeSet<>();
        private final Map<Account, Stored> accounts = new LinkedHashMap<>();
        private final Numbers numbers;
        private long masterDataVersion;

        Locked(Rows rows) {
            this.numbers = new Numbers(rows);
        }
    }

    /** Each statement of the request sees what others committed while the lock before it waited. */
    private Locked lock(Needs needs) throws SQLException {
        Locked locked = new Locked(rows);
        Array skus = rows.texts(needs.skus);
        Request request = new Request(rows.connection());
        request.ask(lockSkus, row -> locked.skus.add(skuRow(row)), skus);
        request.ask(MasterData.VERSION, row -> locked.masterDataVersion = row.getLong(1));
        if (!needs.keys.isEmpty()) {
            request.ask(KEYS, row -> locked.keys.put(row.getString(1), known(row)), rows.texts(needs.keys));
        }
        if (!needs.orderRefs.isEmpty()) {
            request.ask(
                    ORDERS,
                    row -> locked.orders.add(row.getLong(1)),
                    rows.texts(needs.orderChannels),
                    rows.texts(needs.orderRefs));
        }
        request.ask(
                needs.onlyNewOrders() ? ACCOUNTS_OF_ORDERS : ACCOUNTS,
                row -> locked.accounts.put(account(row, 2), new Stored(row.getLong(1), row.getLong(10))),
                skus);
        locked.numbers.askFor(request, needs.numbers);
        request.send();
        return locked;
    }

    private static SkuRow skuRow(ResultSet row) throws SQLException {
        return new SkuRow(
                row.getString(1),
                Tracking.of(row.getString(2)),
                row.getBoolean(3),
                row.getBigDecimal(4),
                row.getLong(5));
    }

    private static Book.Known known(ResultSet row) throws SQLException {
        return new Book.Known(
                row.getBytes(2), row.getObject(3, Long.class), row.getObject(4, Long.class), Rows.time(row, 5));
    }

    /** What said which SKUs to lock was read before; what changed since is read again, now under the locks. */
    private void recipesStillHold(Needs needs, Locked locked) throws SQLException {
        if (masterData.isOf(locked.masterDataVersion)) {
            return;
        }
        Set<String> now = new TreeSet<>(needs.skus);
        masterData.addParts(rows, now);
        if (!needs.skus.containsAll(now)) {
            throw new SQLException("A recipe was changed meanwhile.", "40001");
        }
    }

    /** Orders that are there already, with those that a known key made: they are answered again and not changed. */
    private List<Book.Booked> repeated(ReservationReader reader, Locked locked) throws SQLException {
        Set<Long> ids = new TreeSet<>(locked.orders);
        locked.keys.values().stream()
                .filter(known -> known.reservationId() != null)
                .forEach(known -> ids.add(known.reservationId()));
        return ids.isEmpty() ? List.of() : reader.booked(ids);
    }

    /**
     * What another hub did under one of our keys or for one of our orders while we waited for its locks was not there when
     * we looked: all is read again, or a repeat would be decided as if it were new.
     */
    private static void passedBy(Set<String> keysBefore, List<Book.Booked> reservations, Locked locked)
            throws SQLException {
        Set<Long> known = new HashSet<>();
        reservations.forEach(booked -> known.add(booked.reservation().reservationId()));
        if (!locked.keys.keySet().equals(keysBefore) || !known.containsAll(locked.orders)) {
            throw new SQLException("Another hub used a key or took an order of this batch meanwhile.", "40001");
        }
    }

    private Map<String, Book.Known> keys(Needs needs) throws SQLException {
        Map<String, Book.Known> known = new HashMap<>();
        if (!needs.keys.isEmpty()) {
            rows.query(KEYS, row -> known.put(row.getString(1), known(row)), rows.texts(needs.keys));
        }
        return known;
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

    private void lots(Needs needs, Locked locked, Book book) throws SQLException {
        if (locked.skus.stream().noneMatch(row -> row.tracking() == Tracking.LOT)) {
            return;
        }
        Map<String, Set<String>> wanted = new TreeMap<>();
        locked.accounts.keySet().stream()
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

    private void bins(Needs needs, Set<Account> accounts, Book book) throws SQLException {
        Set<String> bins = new TreeSet<>(needs.bins);
        accounts.forEach(account -> bins.add(account.detail().bin()));
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
}
