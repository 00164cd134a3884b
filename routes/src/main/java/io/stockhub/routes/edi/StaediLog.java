package io.stockhub.routes.edi;

import java.util.logging.Level;
import java.util.logging.Logger;

/** StAEDI logs every schema type a set does not use, at INFO, for each schema. */
final class StaediLog {
    // java.util.logging forgets the level of a logger that nobody holds.
    private static final Logger LOGGER = Logger.getLogger("io.xlate.edi");

    private StaediLog() {}

    static void quiet() {
        if (LOGGER.getLevel() == null) {
            LOGGER.setLevel(Level.WARNING);
        }
    }
}
