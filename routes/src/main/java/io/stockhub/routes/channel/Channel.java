package io.stockhub.routes.channel;

import io.stockhub.connectors.Account;
import io.stockhub.connectors.Manifest;
import io.stockhub.routes.failure.Backoff;
import io.stockhub.routes.reconcile.Reconciling;
import io.stockhub.stock.availability.ChannelRule;
import java.time.Duration;

/**
 * A place we sell through: an account of a connector with its rule.
 *
 * @param rule which stock it may sell as the settings say, before any rules document; its {@code channel} is the
 *     account's id
 * @param lists which SKUs it lists
 * @param backoff when a failed update is tried again
 * @param settle how long a channel may show something that we did not expect before we believe it
 * @param reconciling how often it is read back, and what is done about what it shows and should not
 */
public record Channel(
        Account account,
        Manifest manifest,
        String title,
        ChannelRule rule,
        Lists lists,
        Backoff backoff,
        Duration settle,
        Reconciling reconciling) {

    /** One that is reconciled in the usual way. */
    public Channel(
            Account account,
            Manifest manifest,
            String title,
            ChannelRule rule,
            Lists lists,
            Backoff backoff,
            Duration settle) {
        this(account, manifest, title, rule, lists, backoff, settle, Reconciling.DEFAULT);
    }

    /** Which SKUs a channel lists. */
    public enum Lists {
        /** Every SKU, under its alias for the channel or, without one, under our own name. */
        ALL,
        /** Only SKUs that have an alias for the channel. */
        ALIASED
    }

    public String id() {
        return account.id();
    }

    /** True when the channel refuses an update that does not name the number it shows now. */
    public boolean comparesAndSets() {
        return manifest.quantities() != null && manifest.quantities().compareAndSet();
    }

    /** True when the channel lowers its own number as it sells. */
    public boolean lowersItsOwn() {
        return manifest.quantities() != null && manifest.quantities().subtractsOwnOrders();
    }

    /** True when customers see a number as soon as the channel has accepted it. */
    public boolean showsAtOnce() {
        return account.timing().appliedWithin().isZero();
    }

    /** True when orders come from there at all. */
    public boolean sellsOrders() {
        return manifest.orders().source() != Manifest.Orders.Source.NONE;
    }

    /** True when its orders are read, whether it sends them as well or not: then it is known up to when all are here. */
    public boolean pollsOrders() {
        return manifest.orders().polled();
    }
}
