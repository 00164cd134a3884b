package io.stockhub.routes.stockout;

import io.stockhub.routes.Reconciliation;
import io.stockhub.routes.channel.Channels;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Decisions of people about drift, each written down with who, when and why. */
public final class DriftDecisions implements Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(DriftDecisions.class);

    private record Row(
            String channel,
            String sku,
            String channelSku,
            String cause,
            @Nullable Long shown,
            @Nullable Long reserved,
            boolean open,
            boolean held,
            boolean bounded,
            boolean divided) {}

    private final JdbcClient jdbc;
    private final DriftStore drifts;
    private final Channels channels;
    private final TransactionTemplate transaction;
    private final Consumer<Collection<String>> replan;

    /** @param replan told the SKUs whose numbers have to be worked out anew */
    public DriftDecisions(
            JdbcClient jdbc,
            DriftStore drifts,
            Channels channels,
            TransactionTemplate transaction,
            Consumer<Collection<String>> replan) {
        this.jdbc = jdbc;
        this.drifts = drifts;
        this.channels = channels;
        this.transaction = transaction;
        this.replan = replan;
    }

    @Override
    public Optional<Reading> reading(String channel) {
        return channels.find(channel).map(found -> jdbc.sql(
                        """
                        select i.suspect_since, i.why,
                          (select count(*) from listing where channel = :channel and confirmed is not null),
                          (select count(*) from listing where channel = :channel and confirmed is not null
                             and read_at < i.suspect_since is not false),
                          (select count(*) from drift where channel = :channel and found_at >= i.suspect_since)
                        from (select 1) one left join channel_incident i on i.channel = :channel""")
                .param("channel", channel)
                .query((row, n) -> {
                    OffsetDateTime since = row.getObject(1, OffsetDateTime.class);
                    return new Reading(
                            channel,
                            since == null ? null : since.toInstant(),
                            row.getString(2),
                            row.getLong(3),
                            since == null ? 0 : row.getLong(4),
                            row.getLong(5));
                })
                .single());
    }

    @Override
    public Decided decide(long driftId, Decision decision, String by, String reason) {
        Decided decided = transaction.execute(status -> {
            Optional<Row> row = row(driftId);
            return row.isEmpty() ? new Decided.NoSuchDrift() : decide(driftId, row.get(), decision, by, reason);
        });
        if (decided instanceof Decided.Done(var drift)) {
            LOG.info(
                    "Drift {}: channel={} sku={}: {} decided to {}.",
                    driftId,
                    drift.channel(),
                    drift.sku(),
                    by,
                    decision.code());
            replan.accept(List.of(drift.sku()));
        }
        return decided;
    }

    private Optional<Row> row(long driftId) {
        return jdbc.sql(
                        """
                        select d.channel, d.sku, d.channel_sku, d.cause, d.shown, d.reserved, d.closed_at is null, l.held,
                          l.cap is not null or l.set_aside > 0, l.divided
                        from drift d join listing l using (channel, sku, channel_sku)
                        where d.drift_id = ? for update""")
                .param(driftId)
                .query((row, n) -> new Row(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, Long.class),
                        row.getObject(6, Long.class),
                        row.getBoolean(7),
                        row.getBoolean(8),
                        row.getBoolean(9),
                        row.getBoolean(10)))
                .optional();
    }

    private Decided decide(long driftId, Row row, Decision decision, String by, String reason) {
        boolean lifts = !row.held() && row.bounded() && decision == Decision.OVERWRITE;
        if (!lifts && !(row.held() && row.open())) {
            return new Decided.NothingToDecide(
                    row.held()
                            ? "it is held for another drift"
                            : "its listing is not held, and nothing of it was adopted");
        }
        if (decision == Decision.ADOPT && row.shown() == null) {
            return new Decided.NothingToDecide("the channel lists no such item: there is no number to adopt");
        }
        if (lifts) {
            update("cap = null, set_aside = 0, version = version + 1", row);
        } else if (row.divided()) {
            // Whichever: the plan goes on from what it shows, and what it was told before counts until its orders were
            // read.
            update("held = false, mismatch_since = null, dirty_since = null, version = version + 1" + SEEN, row);
        } else if (decision == Decision.OVERWRITE) {
            update(
                    """
                    held = false, cap = null, set_aside = 0, mismatch_since = null, expected = :shown::bigint,
                    version = version + 1, dirty_since = clock_timestamp(), next_attempt_at = now(), read_back_at = null"""
                            + SEEN,
                    row);
        } else if (row.cause().equals("promotion") && row.reserved() != null) {
            update("set_aside = :reserved::bigint, " + ADOPTED + SEEN, row);
        } else {
            update("cap = greatest(0, :shown::bigint), " + ADOPTED + SEEN, row);
        }
        jdbc.sql(
                        """
                        update drift set decision = ?, decided_by = ?, decided_at = clock_timestamp(), reason = ?,
                          overwritten = overwritten or ?, closed_at = coalesce(closed_at, clock_timestamp())
                        where drift_id = ?""")
                .params(decision.code(), by, reason, decision == Decision.OVERWRITE && !row.divided(), driftId)
                .update();
        return new Decided.Done(drifts.find(driftId));
    }

    /** We go on from what it shows; the publisher works our number out anew, and sends it when it is another. */
    private static final String ADOPTED =
            """
            held = false, mismatch_since = null, expected = :shown::bigint, wanted = greatest(0, :shown::bigint),
            dirty_since = null, stopped = false, version = version + 1, verified_at = clock_timestamp(),
            proven_at = clock_timestamp(), read_back_at = now() + interval '2 hours'""";

    private static final String SEEN =
            """
            , told = told || jsonb_build_array(jsonb_build_object(
              'number', greatest(0, coalesce(:shown::bigint, 0) + case when divided then coalesce(:reserved::bigint, 0) else 0 end),
              'sequence', (select last_value from ledger_sequence), 'sentAt', clock_timestamp(),
              'appliedBy', clock_timestamp()))""";

    private void update(String set, Row row) {
        jdbc.sql("update listing set " + set + " where channel = :channel and sku = :sku and channel_sku = :channelSku")
                .param("shown", row.shown())
                .param("reserved", row.reserved())
                .param("channel", row.channel())
                .param("sku", row.sku())
                .param("channelSku", row.channelSku())
                .update();
    }
}
