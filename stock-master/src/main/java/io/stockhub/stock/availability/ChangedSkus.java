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

    /**
     * A SKU that changed.
     *
     * @param since the time of its oldest change that nobody has acted on
     * @param sequence its newest movement among them: what is read after the taking knows of it; 0 when none moved it
     */
    record Changed(String sku, Instant since, long sequence) {}

    /**
     * Takes changed SKUs away, oldest change first, at most {@code max} changes; those that another hub is taking at this
     * moment are left to it. A bundle has changed when a component of it has. Lots that expired since the last taking
     * are changes, too. Whoever else takes one of the SKUs waits until the caller's commit, so that an older reading of
     * stock and rules is never acted on after a newer one; writers of the ledger never wait.
     */
    List<Changed> take(Connection connection, int max) throws SQLException;

    /** Counts every SKU as changed, for when the rules changed and not the stock. */
    void markAll(Connection connection) throws SQLException;

    /** Counts SKUs as changed, because something else than stock and rules did that their numbers hang on. */
    void mark(Connection connection, Collection<String> skus) throws SQLException;

    /**
     * Lets no order be decided on these SKUs until the caller's commit, so that what is read of them meanwhile stays true.
     * Hold it no longer than it takes to write a few rows.
     */
    void lock(Connection connection, Collection<String> skus) throws SQLException;

    /**
     * Sets units aside: channels may be selling them at this moment. Orders that may be refused cannot have them; what a
     * channel has sold always can. Call it under {@link #lock}.
     *
     * @param units by SKU, 0 for none
     */
    void lease(Connection connection, Map<String, Long> units) throws SQLException;

    /** What there is of each SKU, without holds; SKUs that do not exist are absent. Read it after {@link #take}. */
    Map<String, SkuStock> available(Connection connection, Collection<String> skus) throws SQLException;

    /** The rules that hold. Read them after {@link #take}. */
    Rules rules(Connection connection) throws SQLException;
}
