package io.stockhub.routes.reconcile;

import java.util.ArrayList;
import java.util.List;

/**
 * Whose turn it is: bands of {@link Risk}, and what an incident made suspect. The bands that are not first in their turn
 * fill what is left of a call that reads many.
 */
public final class Rota {
    /** What was proven before the channel's last incident. */
    public static final int SUSPECT = -1;

    private static final List<Integer> TURNS = List.of(
            Risk.SEEN_WRONG,
            SUSPECT,
            Risk.HOT,
            Risk.NEW_NUMBER,
            SUSPECT,
            Risk.SELLS,
            Risk.SEEN_WRONG,
            SUSPECT,
            Risk.HOT,
            Risk.NEW_NUMBER,
            SUSPECT,
            Risk.QUIET);
    private static final List<Integer> BANDS =
            List.of(Risk.SEEN_WRONG, Risk.HOT, SUSPECT, Risk.NEW_NUMBER, Risk.SELLS, Risk.QUIET);

    private int turn;

    /** All bands, in the order of this turn. */
    public List<Integer> next() {
        int first = TURNS.get(turn);
        turn = (turn + 1) % TURNS.size();
        List<Integer> order = new ArrayList<>(BANDS);
        order.remove((Integer) first);
        order.addFirst(first);
        return order;
    }
}
