package io.stockhub.stock.ledger;

import io.stockhub.stock.Detail;
import io.stockhub.stock.StockState;
import java.util.Comparator;

/** Where units are. The order is the one in which new accounts are written. */
public record Account(String sku, String location, StockState state, Detail detail) implements Comparable<Account> {

    private static final Comparator<Account> ORDER = Comparator.comparing(Account::sku)
            .thenComparing(Account::location)
            .thenComparing(account -> account.state().code())
            .thenComparing(Account::detail);

    /** The account of the world beyond the wall, or of units like any other. */
    public Account(String sku, String location, StockState state) {
        this(sku, location, state, Detail.NONE);
    }

    /** The same units at the same place in another condition; beyond the wall nobody tells them apart. */
    public Account in(StockState other) {
        return new Account(sku, location, other, other.outside() ? Detail.NONE : detail);
    }

    @Override
    public int compareTo(Account other) {
        return ORDER.compare(this, other);
    }
}
