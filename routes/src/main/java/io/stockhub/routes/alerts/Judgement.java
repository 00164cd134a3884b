package io.stockhub.routes.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides who is told what: something is told when it has lasted, is over when it has stayed away, and in between is one
 * incident, however often it was looked at.
 */
final class Judgement {
    /** What comes back sooner has never been away. Longer than from one look to the next. */
    static final Duration CALM = Duration.ofMinutes(2);

    private Judgement() {}

    /** @param wrong all that is wrong at {@code now}; each key once */
    static List<Step> steps(List<Wrong> wrong, List<Incident> known, Instant now) {
        Map<String, Incident> incidents = new HashMap<>();
        known.forEach(incident -> incidents.put(incident.key(), incident));
        Set<String> keys = new HashSet<>();
        wrong.forEach(one -> keys.add(one.key()));
        List<Step> steps = new ArrayList<>();
        for (Wrong one : wrong) {
            Incident incident = incidents.remove(one.key());
            steps.add(incident == null ? begin(one, keys) : goOn(one, incident, keys, now));
        }
        for (Incident gone : incidents.values()) {
            if (isOver(gone, now)) {
                steps.add(gone.opened() ? new Step.Close(gone.id()) : new Step.Forget(gone.id()));
            }
        }
        return steps;
    }

    private static Step begin(Wrong one, Set<String> keys) {
        return new Step.Begin(one, one.lasting().isZero() && !one.followsFrom(keys));
    }

    private static Step goOn(Wrong one, Incident incident, Set<String> keys, Instant now) {
        if (incident.opened()) {
            return new Step.GoOn(incident.id(), one);
        }
        if (isOver(incident, now)) {
            return new Step.BeginAgain(incident.id(), one);
        }
        boolean lasted = !incident.since().plus(one.lasting()).isAfter(now);
        return lasted && !one.followsFrom(keys) ? new Step.Open(incident.id(), one) : new Step.GoOn(incident.id(), one);
    }

    private static boolean isOver(Incident incident, Instant now) {
        return !incident.seen().plus(CALM).isAfter(now);
    }
}
