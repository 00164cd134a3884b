package io.stockhub.stock.ledger;

import io.stockhub.stock.Reservation;
import io.stockhub.stock.StockState;
import java.util.ArrayList;
import java.util.List;

/** The allocations of one line of an order, as they change; each change is an effect. */
final class Allocations {
    private final Effects effects;
    private final Effects.OrderLine line;
    private final List<Reservation.Allocation> list;

    Allocations(Effects effects, Effects.OrderLine line, List<Reservation.Allocation> before) {
        this.effects = effects;
        this.line = line;
        this.list = new ArrayList<>(before);
    }

    /** Adds to the allocation of a reserved account; makes it when there is none. */
    void change(Account reserved, long quantity, long picked, long shipped, long cancelled) {
        effects.allocationChanges.add(
                new Effects.AllocationChange(line, reserved, quantity, picked, shipped, cancelled));
        for (int i = 0; i < list.size(); i++) {
            Reservation.Allocation there = list.get(i);
            if (account(there).equals(reserved)) {
                list.set(
                        i,
                        new Reservation.Allocation(
                                there.sku(),
                                there.location(),
                                there.detail(),
                                there.quantity() + quantity,
                                there.picked() + picked,
                                there.shipped() + shipped,
                                there.cancelled() + cancelled));
                return;
            }
        }
        list.add(new Reservation.Allocation(
                reserved.sku(), reserved.location(), reserved.detail(), quantity, picked, shipped, cancelled));
    }

    /** The account that an allocation's units were reserved in. */
    static Account account(Reservation.Allocation allocation) {
        return new Account(allocation.sku(), allocation.location(), StockState.RESERVED, allocation.detail());
    }

    List<Reservation.Allocation> list() {
        return List.copyOf(list);
    }
}
