package io.stockhub.stock.ledger;

import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockState;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    record Order(String channel, String orderRef) {}

    private final Instant recordedAt;
    private final Iterator<Long> numbers;
    private final List<String> locations;
    private final Set<String> knownLocations;
    private final Set<String> skus;
    private final Map<Account, Long> balances;
    private final Map<String, Known> keys = new HashMap<>();
    private final Map<Long, Booked> reservations = new HashMap<>();
    private final Map<Order, Long> orders = new HashMap<>();

    /**
     * @param recordedAt the database's time, for every movement of the batch
     * @param numbers fresh numbers of the ledger's sequence, at least two a command
     * @param locations all locations, in the order in which orders are allocated
     * @param skus those that exist of the SKUs that the commands name
     */
    public Book(
            Instant recordedAt,
            Iterator<Long> numbers,
            List<String> locations,
            Set<String> skus,
            Map<Account, Long> balances) {
        this.recordedAt = recordedAt;
        this.numbers = numbers;
        this.locations = locations;
        this.knownLocations = new HashSet<>(locations);
        this.skus = skus;
        this.balances = balances;
    }

    public void addKey(String key, Known known) {
        keys.put(key, known);
    }

    public void addReservation(Booked booked) {
        Reservation reservation = booked.reservation();
        reservations.put(reservation.reservationId(), booked);
        orders.put(new Order(reservation.channel(), reservation.orderRef()), reservation.reservationId());
    }

    public Instant recordedAt() {
        return recordedAt;
    }

    long nextNumber() {
        return numbers.next();
    }

    List<String> locations() {
        return locations;
    }

    boolean hasLocation(String location) {
        return knownLocations.contains(location);
    }

    boolean hasSku(String sku) {
        return skus.contains(sku);
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

    /** Reservations that wait for a SKU, oldest first. */
    List<Booked> waitingFor(String sku) {
        return reservations.values().stream()
                .filter(booked -> booked.reservation().lines().stream()
                        .anyMatch(line -> line.sku().equals(sku) && line.backordered() > 0))
                .sorted(Comparator.comparingLong(booked -> booked.reservation().reservationId()))
                .toList();
    }

    long available(String sku, String location) {
        return balances.getOrDefault(new Account(sku, location, StockState.AVAILABLE), 0L);
    }

    void move(Account from, Account to, long quantity) {
        balances.merge(from, -quantity, Long::sum);
        balances.merge(to, quantity, Long::sum);
    }
}
