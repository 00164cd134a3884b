package io.stockhub.routes.replay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** How many items of a job have which outcome, as they come from the database. */
public final class Counts {
    private Counts() {}

    /** Of a column of outcomes and, after it, one of numbers; both null where there are no items. To be changed at will. */
    public static Map<String, Long> of(ResultSet row, int column) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        if (row.getArray(column) != null) {
            String[] outcomes = (String[]) row.getArray(column).getArray();
            Long[] numbers = (Long[]) row.getArray(column + 1).getArray();
            for (int i = 0; i < outcomes.length; i++) {
                counts.put(outcomes[i], numbers[i]);
            }
        }
        return counts;
    }
}
