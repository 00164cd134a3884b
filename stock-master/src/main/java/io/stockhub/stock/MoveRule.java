package io.stockhub.stock;

import static io.stockhub.stock.MoveRule.Field.BIN;
import static io.stockhub.stock.MoveRule.Field.BOOKED;
import static io.stockhub.stock.MoveRule.Field.EXPECTED_AT;
import static io.stockhub.stock.MoveRule.Field.FROM;
import static io.stockhub.stock.MoveRule.Field.HOLDER;
import static io.stockhub.stock.MoveRule.Field.LAST;
import static io.stockhub.stock.MoveRule.Field.LOT;
import static io.stockhub.stock.MoveRule.Field.ORDER;
import static io.stockhub.stock.MoveRule.Field.POOL;
import static io.stockhub.stock.MoveRule.Field.REFERENCE;
import static io.stockhub.stock.MoveRule.Field.SERIALS;
import static io.stockhub.stock.MoveRule.Field.TO;
import static io.stockhub.stock.MoveRule.Field.TO_BIN;
import static io.stockhub.stock.MoveRule.Field.TO_LOCATION;
import static io.stockhub.stock.MoveRule.Field.TO_POOL;
import static io.stockhub.stock.MoveRule.Field.UNIT_COST;
import static io.stockhub.stock.StockState.AVAILABLE;
import static io.stockhub.stock.StockState.BLOCKED;
import static io.stockhub.stock.StockState.CUSTOMER;
import static io.stockhub.stock.StockState.DAMAGED;
import static io.stockhub.stock.StockState.DISPOSED;
import static io.stockhub.stock.StockState.EXPECTED;
import static io.stockhub.stock.StockState.INSPECTION;
import static io.stockhub.stock.StockState.IN_TRANSIT;
import static io.stockhub.stock.StockState.PRODUCTION;
import static io.stockhub.stock.StockState.REFURBISH;
import static io.stockhub.stock.StockState.SHRINKAGE;
import static io.stockhub.stock.StockState.SUPPLIER;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a kind of movement moves from where to where, and which fields it takes: the table of the ledger in one place.
 *
 * @param from states that units may leave; the first is taken when the line names none
 * @param to states that units may enter; the first is taken when the line names none, unless {@code TO} is needed
 * @param needs fields that must be given
 * @param allows fields that may be given besides
 */
public record MoveRule(List<StockState> from, List<StockState> to, Set<Field> needs, Set<Field> allows) {

    /** The fields that not every kind takes. */
    public enum Field {
        REFERENCE("reference"),
        TO_LOCATION("to"),
        EXPECTED_AT("expectedAt"),
        HOLDER("holder"),
        ORDER("order"),
        LAST("last"),
        LOT("lot"),
        SERIALS("serials"),
        BIN("bin"),
        TO_BIN("toBin"),
        POOL("pool"),
        TO_POOL("toPool"),
        FROM("from"),
        TO("to"),
        UNIT_COST("unitCost"),
        BOOKED("booked");

        private final String wire;

        Field(String wire) {
            this.wire = wire;
        }

        /** Name on the wire. */
        public String wire() {
            return wire;
        }
    }

    private static final Field[] GOODS = {SERIALS, BIN, POOL, REFERENCE};

    /** @throws InvalidCommandException for kinds that cannot be asked for by themselves */
    public static MoveRule of(MovementKind kind) {
        return switch (kind) {
            // Nobody knows of units that are not here yet which ones they are and where they will be put.
            case EXPECT ->
                new MoveRule(List.of(SUPPLIER), List.of(EXPECTED), Set.of(REFERENCE), Set.of(REFERENCE, EXPECTED_AT));
            case RECEIPT ->
                rule(List.of(SUPPLIER), List.of(AVAILABLE, INSPECTION, DAMAGED), Set.of(), LOT, TO, UNIT_COST);
            case PUTAWAY ->
                rule(
                        List.of(AVAILABLE, INSPECTION, DAMAGED, REFURBISH),
                        List.of(AVAILABLE, INSPECTION, DAMAGED, REFURBISH),
                        Set.of(),
                        LOT,
                        FROM,
                        TO_BIN,
                        TO_POOL);
            case RETURN ->
                rule(List.of(CUSTOMER), List.of(INSPECTION, AVAILABLE, DAMAGED, REFURBISH), Set.of(), LOT, TO, ORDER);
            case DISPOSITION ->
                rule(
                        List.of(INSPECTION, DAMAGED, REFURBISH),
                        List.of(AVAILABLE, REFURBISH, DAMAGED, DISPOSED),
                        Set.of(TO),
                        LOT,
                        FROM,
                        TO_BIN);
            case DAMAGE ->
                rule(List.of(AVAILABLE, INSPECTION, REFURBISH), List.of(DAMAGED), Set.of(), LOT, FROM, TO_BIN);
            case BLOCK -> rule(List.of(AVAILABLE), List.of(BLOCKED), Set.of(HOLDER), LOT);
            case UNBLOCK -> rule(List.of(BLOCKED), List.of(AVAILABLE), Set.of(HOLDER), LOT);
            case ADJUSTMENT ->
                rule(
                        List.of(SHRINKAGE),
                        List.of(AVAILABLE, INSPECTION, DAMAGED, REFURBISH),
                        Set.of(),
                        LOT,
                        TO,
                        UNIT_COST);
            case COUNT -> rule(List.of(SHRINKAGE), List.of(AVAILABLE), Set.of(), LOT, BOOKED);
            case ASSEMBLY -> rule(List.of(PRODUCTION), List.of(AVAILABLE), Set.of(), LOT);
            case WRITE_OFF ->
                rule(
                        List.of(AVAILABLE, DAMAGED, INSPECTION, REFURBISH, BLOCKED),
                        List.of(DISPOSED),
                        Set.of(),
                        LOT,
                        FROM,
                        HOLDER);
            case TRANSFER_SHIP ->
                rule(List.of(AVAILABLE), List.of(IN_TRANSIT), Set.of(REFERENCE, TO_LOCATION), LOT, EXPECTED_AT);
            case TRANSFER_RECEIVE ->
                rule(List.of(IN_TRANSIT), List.of(AVAILABLE, INSPECTION, DAMAGED), Set.of(REFERENCE), LOT, TO, LAST);
            case TRANSFER_LOSS -> rule(List.of(IN_TRANSIT), List.of(SHRINKAGE), Set.of(REFERENCE), LOT);
            case RESERVATION, RELEASE, PICK, SHIP, REVERSAL ->
                throw new InvalidCommandException(
                        "kind",
                        "\"" + kind.code() + "\" (expected: a kind that stands alone; orders use reservations, and a"
                                + " reversal names the movement that it reverses)");
        };
    }

    private static MoveRule rule(List<StockState> from, List<StockState> to, Set<Field> needs, Field... allows) {
        Set<Field> all = EnumSet.noneOf(Field.class);
        all.addAll(List.of(allows));
        all.addAll(List.of(GOODS));
        all.addAll(needs);
        return new MoveRule(from, to, needs, all);
    }

    /** True when units come in from outside the walls, as they do for a receipt. */
    public boolean incoming() {
        return from.getFirst().outside();
    }
}
