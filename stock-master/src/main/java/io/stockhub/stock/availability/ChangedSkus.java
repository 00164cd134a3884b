package io.stockhub.stock.availability;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * News of the stock master, for whoever tells the channels: which SKUs changed, and what there is of them now. All run in
 * the caller's transaction (read committed), so that taking the news and acting on it is one commit.
 */
public interface ChangedSkus {

    /** A SKU with the time of its oldest change that nobody has acted on. */
    record Changed(String sku, Instant since) {}

    /**
     * Takes changed SKUs away, oldest change first, at most {@code max} changes; those that another hub is taking at this
     * moment are left to it. A bundle has changed when a component of it has. Lots that expired since the last taking
     * are changes, too. Whoever else takes one of the SKUs waits until the caller's commit, so that an older reading of
     * stock and rules is never acted on after a newer one; writers of the ledger never wait.
     */
    List<Changed> take(Connection connection, int max) throws SQLException;

    /** Counts every SKU as changed, for when the rules changed and not the stock. */
    void markAll(Connection connection) throws SQLException;

    /** What there is of each SKU, without holds; SKUs that do not exist are absent. Read it after {@link #take}. */
    Map<String, SkuStock> available(Connection connection, Collection<String> skus) throws SQLException;

    /** The rules that hold. Read them after {@link #take}. */
    Rules rules(Connection connection) throws SQLException;
}
