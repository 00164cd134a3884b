package io.stockhub.stock;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * News of the stock master, for whoever tells the channels: which SKUs changed, and what is available of them now. Both
 * run in the caller's transaction, so that taking the news and acting on it is one commit.
 */
public interface ChangedSkus {

    /** A SKU with the time of its oldest change that nobody has acted on. */
    record Changed(String sku, Instant since) {}

    /**
     * Takes changed SKUs away, oldest change first, at most {@code max} changes; those that another hub is taking at this
     * moment are left to it. The SKUs are locked, in key order, until the caller's commit, so that an older reading of
     * the stock can never be acted on after a newer one.
     */
    List<Changed> take(Connection connection, int max) throws SQLException;

    /** Counts every SKU as changed, for when the rules changed and not the stock. */
    void markAll(Connection connection) throws SQLException;

    /** Available units of each SKU by location; SKUs without any are absent. Read it after {@link #take}. */
    Map<String, Map<String, Long>> available(Connection connection, Collection<String> skus) throws SQLException;
}
