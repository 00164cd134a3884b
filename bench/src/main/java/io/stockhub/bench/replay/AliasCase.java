package io.stockhub.bench.replay;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Case;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Row;
import io.stockhub.routes.DeadLetters.CauseGroup;
import io.stockhub.routes.DeadLetters.Filter;
import io.stockhub.routes.Replays.Fix;
import java.util.List;

/** Orders that miss one alias: how many does one edit leave? */
record AliasCase(Sizes sizes) implements Case<DeadHub> {
    @Override
    public String name() {
        return "alias";
    }

    @Override
    public String title() {
        return "failures of one missing alias, cleared by one edit";
    }

    @Override
    public Outcome run(DeadHub hub, Pace pace, Progress progress) {
        hub.empty();
        String sku = "TEE-" + System.nanoTime();
        hub.sku(sku, 1_000_000);
        for (int i = 0; i < sizes.alias(); i++) {
            String ref = sku + "/" + i;
            hub.arrives(ref, ref, DeadHub.PLAIN, DeadHub.order(ref, "NEW-" + sku, 1));
        }
        hub.work();
        List<CauseGroup> groups = hub.deadLetters.byCause(Filter.OPEN);
        if (groups.size() != 1 || groups.getFirst().count() != sizes.alias()) {
            throw new BrokenPromiseException("one missing alias is not one cause: " + groups);
        }
        hub.replays.fix(new Fix(groups.getFirst().cause(), "alias", sku, "bench", "bench", null));
        double seconds = hub.drain();
        long left = hub.deadLetters.open();
        long reserved = hub.number("select quantity from balance where state = 'reserved' and sku = '" + sku + "'");
        if (reserved != sizes.alias() - left) {
            throw new BrokenPromiseException(
                    reserved + " units are reserved for " + (sizes.alias() - left) + " orders");
        }
        return new Outcome(
                List.of(
                        new Row(
                                "alias: left of %,d failures after one edit".formatted(sizes.alias()),
                                left,
                                null,
                                null,
                                "0",
                                false,
                                left == 0),
                        Row.of("alias: seconds until all were through", seconds)),
                List.of());
    }
}
