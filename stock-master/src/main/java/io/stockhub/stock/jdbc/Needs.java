package io.stockhub.stock.jdbc;

import io.stockhub.stock.Command;
import io.stockhub.stock.Goods;
import io.stockhub.stock.MovementKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the commands of a batch name, and so what has to be locked and read for them. */
final class Needs {

    /** A document at a location: an inbound. */
    record Document(String location, String reference) implements Comparable<Document> {
        @Override
        public int compareTo(Document other) {
            int byLocation = location.compareTo(other.location);
            return byLocation != 0 ? byLocation : reference.compareTo(other.reference);
        }
    }

    private static final int NUMBERS_OF_OTHERS = 3;

    final Set<String> keys = new TreeSet<>();
    final Set<String> skus = new TreeSet<>();
    final Set<Long> reservations = new TreeSet<>();
    final List<String> orderChannels = new ArrayList<>();
    final List<String> orderRefs = new ArrayList<>();
    /** Orders of which units come back, so that what they are made of may become available. */
    final List<String> returnedChannels = new ArrayList<>();

    final List<String> returnedRefs = new ArrayList<>();
    /** SKUs of which units may become available, so that orders that wait for them are needed. */
    final Set<String> arriving = new TreeSet<>();
    /** Reservations of which units may become available. */
    final Set<Long> released = new TreeSet<>();

    final Set<Long> movements = new TreeSet<>();
    final Set<String> transfers = new TreeSet<>();
    /** Transfers of which all that they carry is needed. */
    final Set<String> endingTransfers = new TreeSet<>();

    final Set<Document> inbounds = new TreeSet<>();
    final Map<String, Set<String>> lots = new TreeMap<>();
    final Set<String> bins = new TreeSet<>();
    final Set<String> costs = new TreeSet<>();

    /** How many numbers the commands are likely to take. */
    int numbers;

    private boolean onlyNewOrders = true;

    static Needs of(Collection<Command> commands) {
        Needs needs = new Needs();
        commands.forEach(needs::add);
        return needs;
    }

    /**
     * Nothing but demands for new orders: they change no order that is there, they lock SKUs and nothing else, and only
     * what is available or reserved counts for them.
     */
    boolean onlyNewOrders() {
        return onlyNewOrders;
    }

    private void add(Command command) {
        if (command.key() != null) {
            keys.add(command.key());
        }
        boolean order = command instanceof Command.Reserve;
        onlyNewOrders &= order;
        numbers += order ? 1 : NUMBERS_OF_OTHERS;
        switch (command) {
            case Command.Move move -> add(move);
            case Command.Reserve reserve -> {
                orderChannels.add(reserve.channel());
                orderRefs.add(reserve.orderRef());
                reserve.lines().forEach(line -> skus.add(line.sku()));
            }
            case Command.Confirm confirm -> reservations.add(confirm.reservationId());
            case Command.Pick pick -> reservations.add(pick.reservationId());
            case Command.Ship ship -> reservations.add(ship.reservationId());
            case Command.Cancel cancel -> release(cancel.reservationId());
            case Command.Expire expire -> release(expire.reservationId());
            case Command.FillBackorders fill -> {
                skus.add(fill.sku());
                arriving.add(fill.sku());
            }
            case Command.Reverse reverse -> movements.add(reverse.movementId());
            case Command.TakeBack takeBack -> movements.add(takeBack.movementId());
            case Command.CloseInbound close -> inbounds.add(new Document(close.location(), close.reference()));
        }
    }

    void release(long reservationId) {
        reservations.add(reservationId);
        released.add(reservationId);
    }

    private void add(Command.Move move) {
        for (Command.Line line : move.lines()) {
            Goods goods = line.goods();
            skus.add(line.sku());
            if (bringsStock(move.kind(), line.quantity())) {
                arriving.add(line.sku());
            }
            if (goods.lot() != null) {
                lots.computeIfAbsent(line.sku(), sku -> new TreeSet<>()).add(goods.lot());
            }
            if (goods.bin() != null) {
                bins.add(goods.bin());
            }
            if (goods.toBin() != null) {
                bins.add(goods.toBin());
            }
            if (goods.unitCost() != null) {
                costs.add(line.sku());
            }
        }
        if (move.details().orderRef() != null && move.details().orderChannel() != null) {
            orderChannels.add(move.details().orderChannel());
            orderRefs.add(move.details().orderRef());
            returnedChannels.add(move.details().orderChannel());
            returnedRefs.add(move.details().orderRef());
        }
        if (move.reference() != null) {
            switch (move.kind()) {
                case EXPECT, RECEIPT -> inbounds.add(new Document(move.location(), move.reference()));
                case TRANSFER_SHIP, TRANSFER_RECEIVE, TRANSFER_LOSS -> transfers.add(move.reference());
                default -> {
                    // other kinds only name their document
                }
            }
            if (move.details().last()) {
                endingTransfers.add(move.reference());
            }
        }
    }

    private static boolean bringsStock(MovementKind kind, long quantity) {
        return switch (kind) {
            case EXPECT, DAMAGE, BLOCK, WRITE_OFF, TRANSFER_SHIP, TRANSFER_LOSS -> false;
            case ADJUSTMENT -> quantity > 0;
            default -> true;
        };
    }
}
