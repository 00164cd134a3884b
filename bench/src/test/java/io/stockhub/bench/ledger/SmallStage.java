package io.stockhub.bench.ledger;

import io.stockhub.bench.Pace;
import io.stockhub.postgres.EmbeddedPostgres;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Everything as in a real run, only small. */
final class SmallStage {
    static final Pace PACE = new Pace(1, Duration.ofMillis(20), Duration.ofMillis(60));
    static final LedgerCases.Sizes SIZES = new LedgerCases.Sizes(
            20, 30, 5, 20, new int[] {1, 2, 3, 4, 6}, new int[] {40, 80}, 200, 10, new int[] {3, 2});

    private SmallStage() {}

    static Stage open() throws SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        return new Stage(postgres, postgres.createDatabase("bench"), seed);
    }

    /** The first column of each row. */
    static List<String> rows(Stage stage, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var connection = stage.connect();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }
}
