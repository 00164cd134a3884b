package io.stockhub.bench.replay;

import io.stockhub.bench.Case;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Row;
import io.stockhub.connectors.Failure;
import io.stockhub.connectors.Failure.Kind;
import io.stockhub.connectors.Failure.Stage;
import io.stockhub.routes.DeadLetters.CauseGroup;
import io.stockhub.routes.DeadLetters.Filter;
import io.stockhub.routes.deadletter.DeadLetterStore.Update;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Failures of some kinds, each with other orders, SKUs and numbers in its words: into how many causes do they fall? */
record CausesCase(Sizes sizes) implements Case<DeadHub> {
    static final int KINDS = 12;
    private static final int CAUSES_MAX = 15;

    @Override
    public String name() {
        return "causes";
    }

    @Override
    public String title() {
        return "mixed failures, grouped by cause";
    }

    @Override
    public Outcome run(DeadHub hub, Pace pace, Progress progress) {
        hub.empty();
        hub.sku("MUG", 1_000_000);
        List<String> mappings = hub.mappings.names().stream()
                .filter(name -> name.endsWith("/order"))
                .limit(2)
                .toList();
        for (int i = 0; i < sizes.failures(); i++) {
            fail(hub, i, mappings);
        }
        hub.work();
        List<CauseGroup> groups = hub.deadLetters.byCause(Filter.OPEN);
        long letters = groups.stream().mapToLong(CauseGroup::count).sum();
        return new Outcome(
                List.of(
                        new Row(
                                "causes: of %,d failures of %d kinds".formatted(letters, KINDS),
                                groups.size(),
                                (double) KINDS,
                                groups.size() / (double) KINDS,
                                "≤ " + CAUSES_MAX,
                                false,
                                groups.size() <= CAUSES_MAX && letters == sizes.failures()),
                        Row.of("causes: most in one", groups.getFirst().count())),
                List.of());
    }

    private static void fail(DeadHub hub, int i, List<String> mappings) {
        String ref = "K" + i * 7 + "-" + Integer.toHexString(i * 31);
        String id = "m-" + i;
        switch (i % KINDS) {
            case 0 -> hub.arrives(id, ref, DeadHub.PLAIN, DeadHub.order(ref, "CAP", 1 + i % 3));
            case 1 -> hub.arrives(id, ref, DeadHub.PLAIN, DeadHub.order(ref, "HAT", 1 + i % 3));
            case 2 -> hub.arrives(id, ref, mappings.getFirst(), "{\"name\": \"" + ref + "\"}");
            case 3 -> hub.arrives(id, ref, mappings.getLast(), "{\"name\": \"" + ref + "\"}");
            case 4 -> hub.arrives(id, ref, "gone/order", "{\"name\": \"" + ref + "\"}");
            case 5 ->
                hub.arrives(id, ref, DeadHub.PLAIN, DeadHub.order(ref, "MUG", 1).replace("open", "opened" + i));
            case 6 -> hub.arrives(id, ref, DeadHub.PLAIN, DeadHub.order(ref, "MUG", -i));
            case 7 ->
                hub.arrives(id, ref, DeadHub.PLAIN, DeadHub.order(ref, "MUG", 1).replace("placedAt", "placed" + "On"));
            case 8 ->
                refused(
                        hub,
                        i,
                        "channel.rejected",
                        "Item " + ref + " is not active (request 7f" + Long.toHexString(i) + ").");
            case 9 -> refused(hub, i, "channel.unknown_item", "The channel lists no item \"SKU-" + i + "\".");
            case 10 -> unreadable(hub, i, "decode.unreadable", "no ISA at byte " + i);
            default -> unreadable(hub, i, "edi.rejected", "segment " + i % 40 + ": W07 element 3 is missing");
        }
    }

    private static void refused(DeadHub hub, int i, String code, String words) {
        hub.deadLetters.addUpdate(
                new Update(
                        DeadHub.CHANNEL,
                        "SKU-" + i,
                        1,
                        "[{\"attempt\":1,\"at\":\"2026-03-14T10:00:00Z\",\"code\":\"x\",\"message\":\"x\"}]",
                        "{}".getBytes(StandardCharsets.UTF_8)),
                new Failure(Kind.PERMANENT, Stage.SEND, code, words, null));
    }

    private static void unreadable(DeadHub hub, int i, String code, String words) {
        hub.deadLetters.addUnreadable(
                i % 24 < KINDS ? "depot" : "yard",
                new Failure(Kind.POISON, Stage.DECODE, code, words, null),
                words.getBytes(StandardCharsets.UTF_8),
                "application/edi-x12");
    }
}
