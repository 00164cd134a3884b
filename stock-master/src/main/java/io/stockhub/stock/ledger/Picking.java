package io.stockhub.stock.ledger;

import io.stockhub.stock.Detail;
import io.stockhub.stock.StockState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which of the units of a SKU at a location are taken: the pool that is asked for first, then what expires first, then
 * the bin that is picked first, then what came first.
 */
final class Picking {

    /** Units that are taken. */
    record Taken(Account account, long quantity) {}

    private final Book book;

    Picking(Book book) {
        this.book = book;
    }

    /** At most {@code quantity} units of those that {@code which} lets pass, best first; fewer when there are fewer. */
    List<Taken> take(
            String sku, String location, StockState state, String firstPool, Predicate<Detail> which, long quantity) {
        List<Account> candidates = new ArrayList<>();
        for (Detail detail : book.units(sku, location, state).keySet()) {
            if (which.test(detail)) {
                candidates.add(new Account(sku, location, state, detail));
            }
        }
        if (candidates.size() > 1) {
            candidates.sort(order(firstPool));
        }
        List<Taken> taken = new ArrayList<>();
        long open = quantity;
        for (Account account : candidates) {
            long some = Math.min(open, book.quantity(account));
            if (some > 0) {
                taken.add(new Taken(account, some));
                open -= some;
            }
        }
        return taken;
    }

    private Comparator<Account> order(String firstPool) {
        return Comparator.<Account>comparingInt(
                        account -> poolRank(account.detail().pool(), firstPool))
                .thenComparing(account -> expiry(account), Comparator.naturalOrder())
                .thenComparing(account -> pickOrder(account))
                .thenComparing(account -> {
                    Long id = book.accountId(account);
                    return id == null ? Long.MAX_VALUE : id;
                })
                .thenComparing(Account::detail);
    }

    private static int poolRank(String pool, String firstPool) {
        if (pool.equals(firstPool)) {
            return 0;
        }
        return pool.isEmpty() ? 1 : 2;
    }

    private LocalDate expiry(Account account) {
        LocalDate expiry = book.expiry(account.sku(), account.detail().lot());
        return expiry == null ? LocalDate.MAX : expiry;
    }

    private int pickOrder(Account account) {
        Integer order = book.pickOrder(account.location(), account.detail().bin());
        return order == null ? 100 : order;
    }

    /** Units that an order may have: shared or of its own pool, and not expired. */
    Predicate<Detail> sellable(String sku, String ownPool) {
        return detail -> (detail.pool().isEmpty() || detail.pool().equals(ownPool))
                && (detail.lot().isEmpty() || !book.expired(sku, detail.lot()));
    }

    /** How many units an order may have of a SKU at a location. */
    long sellableUnits(String sku, String location, String ownPool) {
        long sum = 0;
        for (Map.Entry<Detail, Long> units :
                book.units(sku, location, StockState.AVAILABLE).entrySet()) {
            if (units.getKey().equals(Detail.NONE) || sellable(sku, ownPool).test(units.getKey())) {
                sum += units.getValue();
            }
        }
        return sum;
    }
}
