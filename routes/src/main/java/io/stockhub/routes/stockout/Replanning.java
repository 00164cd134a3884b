package io.stockhub.routes.stockout;

import io.stockhub.stock.availability.ChangedSkus;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Has the numbers of SKUs in escrow planned anew: something became known about what a channel may be selling. */
public final class Replanning {
    private final SliceStore slices;
    private final ChangedSkus changedSkus;
    private final JdbcTemplate jdbc;
    private final Runnable wakePublisher;

    public Replanning(SliceStore slices, ChangedSkus changedSkus, JdbcTemplate jdbc, Runnable wakePublisher) {
        this.slices = slices;
        this.changedSkus = changedSkus;
        this.jdbc = jdbc;
        this.wakePublisher = wakePublisher;
    }

    /** SKUs that are shared are left alone. */
    public void plan(Collection<String> skus) {
        changed(skus.isEmpty() ? List.of() : slices.divided(skus));
    }

    /** All that is in escrow: who stopped in the middle may have left what it learnt unsaid. */
    public void all() {
        changed(slices.divided());
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
