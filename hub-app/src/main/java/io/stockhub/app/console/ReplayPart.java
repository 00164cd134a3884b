package io.stockhub.app.console;

import io.stockhub.routes.Replays;
import io.stockhub.routes.Replays.Item;
import io.stockhub.routes.Replays.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a replay or a preview is, as it is shown and kept live.
 *
 * @param tone as in {@link ChannelCard}
 * @param say one sentence that says it all
 * @param counts by outcome, in an order that never changes
 * @param items failures first
 * @param left messages that are not among the items
 */
record ReplayPart(
        long id,
        boolean dryRun,
        String state,
        String tone,
        String say,
        long total,
        long finished,
        List<Count> counts,
        List<Row> items,
        @Nullable String left) {

    private static final Map<String, String> OUTCOMES = Map.of(
            "applied", "applied",
            "already-applied", "already applied",
            "superseded", "superseded",
            "conflict", "conflict",
            "failed", "failed",
            "cancelled", "cancelled");

    private static final Map<String, String> WOULD = Map.of(
            "applied", "would apply",
            "already-applied", "already applied",
            "superseded", "superseded",
            "conflict", "conflict",
            "failed", "would still fail",
            "cancelled", "not looked at");

    private static final Map<String, String> MEANING = Map.of(
            "applied", "takes effect once",
            "already-applied", "took effect before; nothing changes",
            "superseded", "something later about the same took effect",
            "conflict", "something else took effect under its key",
            "failed", "stays a dead letter",
            "cancelled", "was not begun");

    private static final List<String> ORDER =
            List.of("applied", "already-applied", "superseded", "conflict", "failed", "cancelled");

    record Count(String name, String number, String meaning, String tone) {}

    record Row(long deadLetter, String href, String outcome, String tone, @Nullable String message) {}

    static ReplayPart of(Replays.Progress progress, int shown) {
        Job job = progress.job();
        List<Row> rows = progress.items().stream()
                .limit(shown)
                .map(item -> row(item, job.dryRun()))
                .toList();
        return new ReplayPart(
                job.replayId(),
                job.dryRun(),
                state(job),
                tone(job),
                say(job),
                job.total(),
                job.finished(),
                counts(job),
                rows,
                job.total() > rows.size() ? Words.number(job.total() - rows.size()) : null);
    }

    private static List<Count> counts(Job job) {
        List<Count> counts = new ArrayList<>();
        for (String outcome : ORDER) {
            Long number = job.counts().get(outcome);
            boolean always = outcome.equals("applied") || outcome.equals("failed") || job.dryRun();
            if (number != null || always && !outcome.equals("cancelled")) {
                counts.add(new Count(
                        name(outcome, job.dryRun()),
                        Words.number(number == null ? 0 : number),
                        MEANING.getOrDefault(outcome, ""),
                        number == null ? "" : tone(outcome)));
            }
        }
        return counts;
    }

    private static Row row(Item item, boolean dryRun) {
        String outcome = item.outcome();
        return new Row(
                item.deadLetterId(),
                "/dead-letters/" + item.deadLetterId(),
                outcome == null ? "waits" : name(outcome, dryRun),
                outcome == null ? "" : tone(outcome),
                item.message());
    }

    private static String name(String outcome, boolean dryRun) {
        return (dryRun ? WOULD : OUTCOMES).getOrDefault(outcome, outcome);
    }

    private static String tone(String outcome) {
        return switch (outcome) {
            case "applied", "already-applied" -> "good";
            case "failed", "conflict" -> "bad";
            default -> "busy";
        };
    }

    /** That of the job; {@code ending} when it is over and some messages are in hand, or were when they were counted. */
    private static String state(Job job) {
        boolean over = !job.state().equals("running") && !job.state().equals("paused");
        return over && job.finished() < job.total() ? "ending" : job.state();
    }

    private static String tone(Job job) {
        if (!state(job).equals("done") && !state(job).equals("cancelled")) {
            return "busy";
        }
        return job.counts().containsKey("failed") || job.counts().containsKey("conflict") ? "bad" : "good";
    }

    private static String say(Job job) {
        String of = Words.number(job.finished()) + " of " + Words.count(job.total(), "message", "messages");
        return switch (state(job)) {
            case "running" -> (job.dryRun() ? "Looking: " : "Sending again: ") + of + ".";
            case "ending" -> "Ending: " + of + ".";
            case "paused" -> "Paused at " + of + ".";
            case "cancelled" -> "Cancelled at " + of + "; what was sent before stays.";
            default -> job.total() == 0 ? "Nothing was open any more." : ended(job, of);
        };
    }

    private static String ended(Job job, String of) {
        long failed = job.counts().getOrDefault("failed", 0L) + job.counts().getOrDefault("conflict", 0L);
        if (failed == 0) {
            return (job.dryRun() ? "Looked at " + of + ": none would fail." : "Done: " + of + ", none failed.");
        }
        return job.dryRun()
                ? "Looked at " + of + ": " + Words.number(failed) + " would not take effect yet."
                : "Done: " + of + ". " + Words.number(failed) + " failed and are dead letters still.";
    }
}
