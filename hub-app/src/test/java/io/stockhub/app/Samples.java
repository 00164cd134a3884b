package io.stockhub.app;

import io.stockhub.routes.DeadLetters.About;
import io.stockhub.routes.DeadLetters.Attempt;
import io.stockhub.routes.DeadLetters.CauseGroup;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.DeadLetters.Detail;
import io.stockhub.routes.Replays.Item;
import io.stockhub.routes.Replays.Job;
import io.stockhub.routes.Replays.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Answers of the hub of which a test cares for a part only. */
public final class Samples {
    private static final Instant NOON = Instant.parse("2026-09-04T12:00:00Z");

    private Samples() {}

    public static Progress progress(
            long id, String state, boolean dryRun, long total, long finished, List<Item> items) {
        return new Progress(
                new Job(id, state, dryRun, null, "ops", NOON, null, null, null, total, finished, Map.of()), items);
    }

    public static Detail detail(
            DeadLetter letter, byte[] payload, String contentType, List<Attempt> history, String mapping) {
        return new Detail(letter, payload, contentType, history, mapping, About.NOTHING);
    }

    public static CauseGroup cause(
            String cause,
            String channel,
            String code,
            String message,
            long count,
            Instant firstSeen,
            Instant lastSeen) {
        return new CauseGroup(
                cause,
                channel,
                code,
                message,
                count,
                firstSeen,
                lastSeen,
                List.of(channel),
                "orders-in",
                "ledger",
                "permanent",
                null,
                0,
                0,
                count,
                About.NOTHING);
    }
}
