package io.stockhub.routes.alerts;

import io.stockhub.routes.Alerts;
import io.stockhub.routes.outbound.DeliveryStore;
import io.stockhub.routes.outbound.Message;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers what people ask of alerts, from the database, so that every hub says the same. */
final class AlertDesk implements Alerts {
    private static final String RECEIVERS =
            """
            select t.target, (select count(*) from delivery d where d.target = t.target and state = 'waiting'),
              (select max(ended_at) from delivery d where d.target = t.target and state = 'delivered'),
              (select last_error from delivery d where d.target = t.target and state = 'waiting' and last_error is not null
               order by delivery_id limit 1)
            from unnest(?::text[]) with ordinality t (target, n) order by n""";

    private static final String FIGURES =
            """
            select
              (select count(*) from alert where closed_at is null and opened_at is not null and severity = 'critical'),
              (select count(*) from alert where closed_at is null and opened_at is not null and severity = 'warning'),
              (fact ->> 'units')::bigint, (fact ->> 'divided')::bigint, found_at,
              (select count(*) from delivery where state = 'waiting')
            from (select 1) one left join watch on name = 'exposure'""";

    private final JdbcClient jdbc;
    private final AlertStore store;
    private final DeliveryStore deliveries;
    private final List<String> targets;
    private final InstantSource clock;
    private final Runnable wakeDeliverer;

    AlertDesk(
            JdbcClient jdbc,
            AlertStore store,
            DeliveryStore deliveries,
            List<String> targets,
            InstantSource clock,
            Runnable wakeDeliverer) {
        this.jdbc = jdbc;
        this.store = store;
        this.deliveries = deliveries;
        this.targets = targets;
        this.clock = clock;
        this.wakeDeliverer = wakeDeliverer;
    }

    @Override
    public List<Alert> list(@Nullable Boolean open, @Nullable Long before, int limit) {
        return store.list(open, before, limit);
    }

    @Override
    public Figures figures() {
        return jdbc.sql(FIGURES)
                .query((row, n) -> {
                    OffsetDateTime at = row.getObject(5, OffsetDateTime.class);
                    return new Figures(
                            row.getLong(1),
                            row.getLong(2),
                            row.getObject(3, Long.class),
                            row.getObject(4, Long.class),
                            at == null ? null : at.toInstant(),
                            row.getLong(6));
                })
                .single();
    }

    @Override
    public Optional<Alert> acknowledge(long id, String by) {
        return store.acknowledge(id, by);
    }

    @Override
    public List<Receiver> receivers() {
        return jdbc.sql(RECEIVERS)
                .param(targets.toArray(String[]::new))
                .query((row, n) -> {
                    OffsetDateTime last = row.getObject(3, OffsetDateTime.class);
                    return new Receiver(
                            row.getString(1), row.getLong(2), last == null ? null : last.toInstant(), row.getString(4));
                })
                .list();
    }

    @Override
    public String test(String by) {
        List<Message> messages = AlertMessages.test(by, clock.instant(), targets);
        deliveries.add(messages);
        wakeDeliverer.run();
        return messages.isEmpty() ? "" : messages.getFirst().id();
    }
}
