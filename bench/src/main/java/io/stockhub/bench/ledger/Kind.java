package io.stockhub.bench.ledger;

import java.sql.SQLException;

/** Who takes part. */
enum Kind {
    PRODUCT(Product.NAME, stage -> new Product(stage, true)),
    UNSEALED("product without its sealer", stage -> new Product(stage, false)),
    A("A", RowLocks::new),
    B("B", OneCall::new),
    INGEST("ingest", stage -> new Ingest(stage, Ingest.BATCH));

    private interface Opener {
        Contender open(Stage stage) throws SQLException;
    }

    private final String label;
    private final Opener opener;

    Kind(String label, Opener opener) {
        this.label = label;
        this.opener = opener;
    }

    String label() {
        return label;
    }

    /** On a stage that was reset and is nobody else's until the contender is closed. */
    Contender open(Stage stage) throws SQLException {
        return opener.open(stage);
    }
}
