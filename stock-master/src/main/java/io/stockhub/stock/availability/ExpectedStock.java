package io.stockhub.stock.availability;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What is on its way, and who waits for it. Read in the caller's transaction. */
public interface ExpectedStock {

    /** Announced receipts and transfers under way of stocked SKUs, in no order. */
    List<Expected> expected(Connection connection, Collection<String> skus) throws SQLException;

    /** Units of each stocked SKU that orders wait for; SKUs that nobody waits for are absent. */
    Map<String, Long> backordered(Connection connection, Collection<String> skus) throws SQLException;
}
