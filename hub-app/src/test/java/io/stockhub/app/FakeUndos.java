package io.stockhub.app;

import io.stockhub.routes.Undos;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows the interchange 12, of which a movement is left in part, and keeps what it was asked to undo. */
public final class FakeUndos implements Undos {
    private static final Instant NOON = Instant.parse("2026-09-04T12:00:00Z");
    private static final Item WHOLE = new Item(41, "receipt", "GRN-1", Outcome.UNDONE, null);
    private static final Item PART =
            new Item(40, "receipt", "GRN-2", Outcome.IN_PART, "4 of 12 MUG was sold or moved on since.");

    /** Run, reason and who asked. */
    public final List<String> started = new CopyOnWriteArrayList<>();

    @Override
    public List<Known> recent(int limit) {
        return List.of(new Known("edi:12", NOON, "depot", "interchange 000000452", 2));
    }

    @Override
    public Plan plan(Run run) {
        if (run instanceof Interchange(long id) && id != 12) {
            throw new IllegalArgumentException("run: \"" + run.name() + "\" (expected: another)");
        }
        return new Plan(run.name(), List.of(WHOLE, PART));
    }

    @Override
    public long start(Run run, String reason, String by) {
        plan(run);
        started.add(run.name() + " | " + reason + " | " + by);
        return 3;
    }

    @Override
    public Optional<Progress> progress(long undoId) {
        return undoId == 3 ? Optional.of(new Progress(job(), List.of(PART, WHOLE))) : Optional.empty();
    }

    private static Job job() {
        return new Job(3, "edi:12", "done", "twice", "olga", NOON, NOON, 2, 2, Map.of("in-part", 1L, "undone", 1L));
    }

    @Override
    public List<Job> list(int limit) {
        return List.of(job());
    }
}
