package io.stockhub.routes.alerts;

import io.stockhub.routes.Alerts.Alert;
import io.stockhub.routes.outbound.DeliveryStore;
import io.stockhub.routes.outbound.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the facts, decides, and writes what changed and whom to tell in one transaction: two hubs tell once, and a hub
 * that was killed tells neither twice nor never.
 */
final class AlertWatch {
    private static final Logger LOG = LoggerFactory.getLogger("io.stockhub.alerts");

    private final Turn turn;
    private final Supplier<Facts> facts;
    private final AlertStore store;
    private final DeliveryStore deliveries;
    private final Limits limits;
    private final List<String> targets;
    private final Runnable wakeDeliverer;

    /** @param targets whom alerts are sent to */
    AlertWatch(
            Turn turn,
            Supplier<Facts> facts,
            AlertStore store,
            DeliveryStore deliveries,
            Limits limits,
            List<String> targets,
            Runnable wakeDeliverer) {
        this.turn = turn;
        this.facts = facts;
        this.store = store;
        this.deliveries = deliveries;
        this.limits = limits;
        this.targets = targets;
        this.wakeDeliverer = wakeDeliverer;
    }

    /** One step of the pump. */
    Duration step() {
        List<Alert> told = new ArrayList<>();
        Duration pause = turn.take(facts, now -> {
            told.addAll(decide(now));
            return "{}";
        });
        told.forEach(AlertWatch::log);
        if (!told.isEmpty()) {
            wakeDeliverer.run();
        }
        return pause;
    }

    private List<Alert> decide(Facts now) {
        List<Alert> told = new ArrayList<>();
        for (Step step : Judgement.steps(Rules.wrong(now, limits), store.known(), now.now())) {
            store.take(step).ifPresent(told::add);
        }
        List<Message> messages = new ArrayList<>();
        told.forEach(alert -> messages.addAll(AlertMessages.of(alert, targets)));
        deliveries.add(messages);
        return told;
    }

    private static void log(Alert alert) {
        String line = "alert " + alert.id() + " " + alert.kind()
                + (alert.subject() == null ? "" : " " + alert.subject()) + ": "
                + alert.words().title();
        if (alert.closedAt() != null) {
            LOG.info("{}. It is over.", line);
        } else {
            LOG.warn(
                    "{}. {} {} ({})",
                    line,
                    alert.words().meaning(),
                    alert.words().action(),
                    alert.words().docs());
        }
    }
}
