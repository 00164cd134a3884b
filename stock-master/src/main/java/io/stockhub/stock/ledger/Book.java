package io.stockhub.stock.ledger;

import io.stockhub.stock.Detail;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockState;
import io.stockhub.stock.Tracking;
import io.stockhub.stock.routing.Warehouse;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that the commands of one batch need to know, read under lock, and changed in memory as they are decided one after
 * another. What was not loaded does not exist.
 */
public final class Book {

    /** An effect that is remembered under an idempotency key. */
    public record Known(
            byte[] contentHash, @Nullable Long movementId, @Nullable Long reservationId, Instant recordedAt) {
        boolean sameAs(byte[] otherHash) {
            return Arrays.equals(contentHash, otherHash);
        }
    }

    /** A reservation with the hash of the demand that it was made for. */
    public record Booked(Reservation reservation, byte[] demandHash) {}

    /**
     * What kind of thing a SKU is.
     *
     * @param bundle it has no stock of its own
     * @param parts what one unit is made of, bundles taken apart; empty for SKUs without components
     * @param cost what the catalogue says that a unit costs, where no receipt told
     * @param leased units that channels in escrow may still sell, whatever we decide
     */
    public record SkuInfo(
            Tracking tracking, boolean bundle, Map<String, Long> parts, @Nullable BigDecimal cost, long leased) {}

    /**
     * A location.
     *
     * @param warehouse as the router of orders sees it
     * @param managedBy the channel that runs it; null when we do
     * @param bins it says which bins it has
     */
    public record Place(Warehouse warehouse, @Nullable String managedBy, boolean bins) {
        String location() {
            return warehouse.location();
        }
    }

    /** A transfer that left. */
    public record Transfer(String from, String to) {}

    /**
     * A document that announced goods.
     *
     * @param since the number of its first announcement; receipts with older numbers were not against it
     * @param announced units by SKU
     */
    public record Inbound(boolean closed, long since, Map<String, Long> announced) {}

    /** Says what a bin is good for when units are picked: lower numbers first. */
    public record Bin(String location, String bin) {}

    /** A movement as it was, for its reversal. */
    public record Past(
            MovementKind kind, @Nullable String reference, boolean reversed, List<Effects.Posting> postings) {}

    record Order(String channel, String orderRef) {}

    record Document(String location, String reference) {}

    private record Difference(String name, long quantity, long movementId) {}

    private record Shelf(String sku, String location, StockState state) {}

    private static final SortedMap<Detail, Long> EMPTY = java.util.Collections.emptySortedMap();

    private final Instant recordedAt;
    private final LongSupplier numbers;
    private final long rulesVersion;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, SkuInfo> skus = new HashMap<>();
    private final Map<Shelf, TreeMap<Detail, Long>> shelves = new HashMap<>();
    private final Map<Account, Long> accountIds = new HashMap<>();
    private final Map<String, Set<String>> serials = new HashMap<>();
    private final Map<String, Known> keys = new HashMap<>();
    private final Map<Long, Booked> reservations = new HashMap<>();
    private final Map<Order, Long> orders = new HashMap<>();
    private final Map<String, Map<String, @Nullable LocalDate>> lots = new HashMap<>();
    private final Map<Bin, Integer> bins = new HashMap<>();
    private final Map<String, Transfer> transfers = new HashMap<>();
    private final Map<Document, Inbound> inbounds = new HashMap<>();
    private final Map<Document, List<Difference>> damagedOrOver = new HashMap<>();
    private final Map<Long, Past> past = new HashMap<>();
    private final Map<String, BigDecimal> costs = new HashMap<>();

    /**
     * @param recordedAt the database's time, for every movement of the batch
     * @param numbers fresh numbers of the ledger's sequence
     * @param rulesVersion the version of the rules that holds
     * @param places all locations
     */
    public Book(Instant recordedAt, LongSupplier numbers, long rulesVersion, List<Place> places) {
        this.rulesVersion = rulesVersion;
        this.recordedAt = recordedAt;
        this.numbers = numbers;
        places.forEach(place -> this.places.put(place.location(), place));
    }

    // ---- filling, by whoever reads the database ----

    public void addSku(String sku, SkuInfo info) {
        skus.put(sku, info);
    }

    public void addAccount(long id, Account account, long quantity) {
        accountIds.put(account, id);
        add(account, quantity);
    }

    public void addKey(String key, Known known) {
        keys.put(key, known);
    }

    public void addReservation(Booked booked) {
        Reservation reservation = booked.reservation();
        reservations.put(reservation.reservationId(), booked);
        orders.put(new Order(reservation.channel(), reservation.orderRef()), reservation.reservationId());
    }

    public void addLot(String sku, String lot, @Nullable LocalDate expiry) {
        lots.computeIfAbsent(sku, any -> new HashMap<>()).put(lot, expiry);
    }

    public void addBin(String location, String bin, int pickOrder) {
        bins.put(new Bin(location, bin), pickOrder);
    }

    public void addTransfer(String transferId, Transfer transfer) {
        transfers.put(transferId, transfer);
    }

    public void addInbound(String location, String reference, Inbound inbound) {
        inbounds.put(new Document(location, reference), inbound);
    }

    /** A discrepancy of an inbound that nobody has resolved; {@code name} tells SKU and kind. */
    public void addDiscrepancy(
            String location, String reference, String name, long quantity, @Nullable Long movementId) {
        damagedOrOver
                .computeIfAbsent(new Document(location, reference), any -> new ArrayList<>())
                .add(new Difference(name, quantity, movementId == null ? 0 : movementId));
    }

    public void addPast(long movementId, Past movement) {
        past.put(movementId, movement);
    }

    public void addCost(String sku, BigDecimal average) {
        costs.put(sku, average);
    }

    // ---- asking ----

    public Instant recordedAt() {
        return recordedAt;
    }

    long nextNumber() {
        return numbers.getAsLong();
    }

    /** All locations, as the router of orders sees them. */
    public List<Warehouse> warehouses() {
        return places.values().stream().map(Place::warehouse).toList();
    }

    /** The version of the rules that holds; 0 when there are none. */
    public long rulesVersion() {
        return rulesVersion;
    }

    @Nullable
    Place place(String location) {
        return places.get(location);
    }

    @Nullable
    SkuInfo sku(String sku) {
        return skus.get(sku);
    }

    @Nullable
    Known known(@Nullable String key) {
        return key == null ? null : keys.get(key);
    }

    @Nullable
    Booked booked(@Nullable Long reservationId) {
        return reservationId == null ? null : reservations.get(reservationId);
    }

    @Nullable
    Booked booked(String channel, String orderRef) {
        return booked(orders.get(new Order(channel, orderRef)));
    }

    /** Reservations that wait for one of the SKUs or for a bundle that it is part of: by priority, then oldest first. */
    List<Booked> waitingFor(Set<String> skus) {
        return reservations.values().stream()
                .filter(booked -> booked.reservation().lines().stream()
                        .anyMatch(line -> line.backordered() > 0
                                && line.parts().keySet().stream().anyMatch(skus::contains)))
                .sorted(Comparator.<Booked>comparingInt(
                                booked -> booked.reservation().priority())
                        .thenComparingLong(booked -> booked.reservation().reservationId()))
                .toList();
    }

    /** Units of one SKU in one state at one location, by what tells them apart; none at zero. */
    SortedMap<Detail, Long> units(String sku, String location, StockState state) {
        TreeMap<Detail, Long> units = shelves.get(new Shelf(sku, location, state));
        return units == null ? EMPTY : units;
    }

    long quantity(String sku, String location, StockState state) {
        long sum = 0;
        for (long quantity : units(sku, location, state).values()) {
            sum += quantity;
        }
        return sum;
    }

    long quantity(Account account) {
        return units(account.sku(), account.location(), account.state()).getOrDefault(account.detail(), 0L);
    }

    /** Units of a SKU that are ours, at all locations, what suppliers announced left out. */
    long owned(String sku) {
        long sum = 0;
        for (Map.Entry<Shelf, TreeMap<Detail, Long>> shelf : shelves.entrySet()) {
            StockState state = shelf.getKey().state();
            if (shelf.getKey().sku().equals(sku) && !state.outside() && state != StockState.EXPECTED) {
                for (long quantity : shelf.getValue().values()) {
                    sum += quantity;
                }
            }
        }
        return sum;
    }

    boolean serialInside(String sku, String serial) {
        return serials.getOrDefault(sku, Set.of()).contains(serial);
    }

    boolean knowsLot(String sku, String lot) {
        return lots.getOrDefault(sku, Map.of()).containsKey(lot);
    }

    @Nullable
    LocalDate expiry(String sku, String lot) {
        return lot.isEmpty() ? null : lots.getOrDefault(sku, Map.of()).get(lot);
    }

    /** Over since yesterday: a lot is good on the day of its expiry. */
    boolean expired(String sku, String lot) {
        LocalDate expiry = expiry(sku, lot);
        return expiry != null
                && expiry.isBefore(recordedAt.atOffset(ZoneOffset.UTC).toLocalDate());
    }

    @Nullable
    Integer pickOrder(String location, String bin) {
        return bins.get(new Bin(location, bin));
    }

    @Nullable
    Transfer transfer(String transferId) {
        return transfers.get(transferId);
    }

    @Nullable
    Inbound inbound(String location, @Nullable String reference) {
        return reference == null ? null : inbounds.get(new Document(location, reference));
    }

    /** Discrepancies of an inbound that nobody has resolved, by name. */
    Map<String, Long> discrepancies(String location, String reference) {
        Map<String, Long> byName = new LinkedHashMap<>();
        damagedOrOver
                .getOrDefault(new Document(location, reference), List.of())
                .forEach(found -> byName.merge(found.name(), found.quantity(), Long::sum));
        return byName;
    }

    /** A corrected announcement says anew what is over. */
    void dropDiscrepancy(String location, String reference, String name) {
        damagedOrOver
                .getOrDefault(new Document(location, reference), new ArrayList<>())
                .removeIf(each -> each.name().equals(name));
    }

    /** What a movement brought to light is settled with its reversal. */
    void dropDiscrepancies(long movementId) {
        damagedOrOver.values().forEach(found -> found.removeIf(each -> each.movementId() == movementId));
    }

    @Nullable
    Past past(long movementId) {
        return past.get(movementId);
    }

    @Nullable
    BigDecimal cost(String sku) {
        return costs.get(sku);
    }

    /** The number of an account that exists; null for one that this batch makes. */
    public @Nullable Long accountId(Account account) {
        return accountIds.get(account);
    }

    /** SKUs that were loaded, for whoever looks for all units with one holder. */
    Set<String> skus() {
        return skus.keySet();
    }

    // ---- changing ----

    void move(Account from, Account to, long quantity) {
        add(from, -quantity);
        add(to, quantity);
    }

    private void add(Account account, long change) {
        Detail detail = account.detail();
        TreeMap<Detail, Long> units = shelves.computeIfAbsent(
                new Shelf(account.sku(), account.location(), account.state()), any -> new TreeMap<>());
        long quantity = units.merge(detail, change, Long::sum);
        if (quantity == 0) {
            units.remove(detail);
        }
        if (!detail.serial().isEmpty() && change != 0) {
            Set<String> inside = serials.computeIfAbsent(account.sku(), any -> new HashSet<>());
            if (change > 0) {
                inside.add(detail.serial());
            } else {
                inside.remove(detail.serial());
            }
        }
    }
}
