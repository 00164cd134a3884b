package io.stockhub.stock.availability;

import io.stockhub.stock.availability.RulesDocument.ChannelTerms;
import io.stockhub.stock.availability.RulesDocument.SafetyStock;
import io.stockhub.stock.availability.RulesDocument.Terms;
import io.stockhub.stock.availability.SkuStock.At;
import io.stockhub.stock.availability.SkuStock.Hold;
import io.stockhub.stock.availability.SkuStock.Part;
import io.stockhub.stock.availability.SkuStock.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stocks and rules that nobody would think of. */
final class RandomRules {
    static final List<String> CHANNELS = List.of("web", "bay", "mart");
    static final List<String> LOCATIONS = List.of("JKT", "SUB", "DPS");
    static final List<String> POOLS = List.of("markets", "shops", "forgotten");
    static final List<String> SKUS = List.of("A", "B", "C", "SET");
    static final List<String> CLASSES = List.of("A", "B");

    private final Random random;

    RandomRules(Random random) {
        this.random = random;
    }

    /** Small numbers often, so that floors, caps and safety stock meet; huge ones now and then. */
    long units() {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> random.nextLong(1_000_000_000_000L);
            default -> random.nextLong(20);
        };
    }

    private @Nullable Long perhaps() {
        return random.nextBoolean() ? null : (Long) random.nextLong(15);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private List<String> some(List<String> of) {
        List<String> some = new ArrayList<>(of);
        some.removeIf(each -> random.nextBoolean());
        return some.isEmpty() ? of : some;
    }

    Rules rules() {
        Map<String, Set<String>> pools = new HashMap<>();
        for (String channel : CHANNELS) {
            if (random.nextBoolean()) {
                pools.computeIfAbsent(one(POOLS.subList(0, 2)), pool -> new HashSet<>())
                        .add(channel);
            }
        }
        Map<String, ChannelTerms> channels = new HashMap<>();
        Map<String, Map<String, Terms>> skus = new HashMap<>();
        for (String channel : CHANNELS) {
            Terms terms = new Terms(perhaps(), perhaps(), perhaps());
            channels.put(channel, new ChannelTerms(random.nextBoolean() ? null : some(LOCATIONS), terms, null));
            if (random.nextBoolean()) {
                skus.computeIfAbsent(one(SKUS), sku -> new HashMap<>())
                        .put(channel, new Terms(perhaps(), perhaps(), perhaps()));
            }
        }
        Map<List<Object>, SafetyStock> kept = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            SafetyStock one =
                    switch (random.nextInt(5)) {
                        case 0 -> new SafetyStock(one(LOCATIONS), one(SKUS), null, random.nextInt(12));
                        case 1 -> new SafetyStock(null, one(SKUS), null, random.nextInt(12));
                        case 2 -> new SafetyStock(one(LOCATIONS), null, one(CLASSES), random.nextInt(12));
                        case 3 -> new SafetyStock(one(LOCATIONS), null, null, random.nextInt(12));
                        default -> new SafetyStock(null, null, one(CLASSES), random.nextInt(12));
                    };
            kept.put(java.util.Arrays.asList(one.location(), one.sku(), one.abcClass()), one);
        }
        List<ChannelRule> base = CHANNELS.stream()
                .map(channel -> ChannelRule.base(channel, LOCATIONS, random.nextInt(5)))
                .toList();
        return Rules.of(
                7,
                new RulesDocument(
                        pools,
                        channels,
                        List.copyOf(kept.values()),
                        skus,
                        Map.of(),
                        RulesDocument.Selling.NONE,
                        RulesDocument.MaxDelay.NONE,
                        null),
                base);
    }

    SkuStock stock() {
        return random.nextInt(3) == 0 ? bundle() : stocked(one(SKUS));
    }

    private SkuStock bundle() {
        List<Part> parts = new ArrayList<>();
        for (String sku : some(SKUS.subList(0, 3))) {
            parts.add(new Part(stocked(sku), 1 + random.nextInt(4)));
        }
        return new SkuStock("SET", null, Map.of(), parts);
    }

    private SkuStock stocked(String sku) {
        Map<String, At> at = new HashMap<>();
        for (String location : some(LOCATIONS)) {
            Map<String, Long> sellable = new HashMap<>();
            sellable.put(SkuStock.SHARED, units());
            some(POOLS).forEach(pool -> sellable.put(pool, units()));
            List<Hold> holds = new ArrayList<>();
            for (Reason reason : Reason.values()) {
                if (random.nextInt(3) == 0) {
                    holds.add(new Hold(reason, 1 + units(), List.of("web 1001")));
                }
            }
            at.put(location, new At(sellable, holds));
        }
        return new SkuStock(sku, random.nextBoolean() ? null : one(CLASSES), at, List.of());
    }

    /** The same stock as the publisher reads it. */
    static SkuStock withoutHolds(SkuStock stock) {
        Map<String, At> at = new HashMap<>();
        stock.locations().forEach((location, here) -> at.put(location, new At(here.sellable(), List.of())));
        List<Part> parts = stock.parts().stream()
                .map(part -> new Part(withoutHolds(part.stock()), part.perUnit()))
                .toList();
        return new SkuStock(stock.sku(), stock.abcClass(), at, parts);
    }
}
