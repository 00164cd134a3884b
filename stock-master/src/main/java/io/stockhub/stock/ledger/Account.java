package io.stockhub.stock.ledger;

import io.stockhub.stock.StockState;
import java.util.Comparator;

/** Where units are: one balance. The order is the one lock order of the ledger. */
public record Account(String sku, String location, StockState state) implements Comparable<Account> {

    private static final Comparator<Account> LOCK_ORDER = Comparator.comparing(Account::sku)
            .thenComparing(Account::location)
            .thenComparing(account -> account.state().code());

    @Override
    public int compareTo(Account other) {
        return LOCK_ORDER.compare(this, other);
    }
}
