package io.stockhub.routes.stockout;

import io.stockhub.stock.availability.ChangedSkus;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Has the numbers of SKUs in escrow planned anew: something became known about what a channel may be selling. */
public final class Replanning {
    /** In about twice the time a channel that sells nothing counts for half as much. */
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final DividedSkus divided;
    private final ChangedSkus changedSkus;
    private final JdbcTemplate jdbc;
    private final Runnable wakePublisher;

    public Replanning(DividedSkus divided, ChangedSkus changedSkus, JdbcTemplate jdbc, Runnable wakePublisher) {
        this.divided = divided;
        this.changedSkus = changedSkus;
        this.jdbc = jdbc;
        this.wakePublisher = wakePublisher;
    }

    /**
     * One step of the pump: units that nobody buys where they are go where they were bought before. Nothing else changes by
     * mere waiting.
     */
    public Duration step() {
        changed(divided.soldOutSomewhere());
        return EVERY;
    }

    /** SKUs that are shared are left alone. */
    public void plan(Collection<String> skus) {
        changed(skus.isEmpty() ? List.of() : divided.among(skus));
    }

    /** All that is in escrow: who stopped in the middle may have left what it learnt unsaid. */
    public void all() {
        changed(divided.all());
    }

    /** Whatever their policy. */
    public void changed(Collection<String> skus) {
        if (!skus.isEmpty()) {
            jdbc.execute((Connection connection) -> {
                changedSkus.mark(connection, skus);
                return 0;
            });
            wakePublisher.run();
        }
    }
}
