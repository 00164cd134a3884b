package io.stockhub.stock;

import java.util.List;
import java.util.Map;

/** How many units a channel may be told. Pure functions. */
public final class Availability {

    /**
     * The rule of one channel.
     *
     * @param locations whose stock the channel may sell
     * @param buffer units kept back from the channel to absorb delay, at least 0
     */
    public record ChannelRule(String channel, List<String> locations, long buffer) {
        public ChannelRule {
            locations = List.copyOf(locations);
            if (buffer < 0) {
                throw new InvalidCommandException("buffer", buffer + " (expected: >= 0)");
            }
        }
    }

    /** One step of the derivation: {@code quantity} is signed, and the steps sum to the number. */
    public record Step(String title, long quantity) {}

    /** Available to sell with its derivation; the steps sum to {@code ats}. */
    public record Derivation(String sku, String channel, long ats, List<Step> steps) {}

    private Availability() {}

    /** ATS = what is available at the channel's locations, less the buffer, and never below zero. */
    public static long availableToSell(ChannelRule rule, Map<String, Long> availableByLocation) {
        long sum = rule.locations().stream()
                .mapToLong(location -> availableByLocation.getOrDefault(location, 0L))
                .sum();
        return Math.max(0, sum - rule.buffer());
    }

    /** The same number with its reasons, for people. */
    public static Derivation derive(String sku, ChannelRule rule, Map<String, Long> availableByLocation) {
        List<Step> steps = new java.util.ArrayList<>();
        long sum = 0;
        for (String location : rule.locations()) {
            long quantity = availableByLocation.getOrDefault(location, 0L);
            steps.add(new Step("available at " + location, quantity));
            sum += quantity;
        }
        long ats = availableToSell(rule, availableByLocation);
        if (rule.buffer() > 0) {
            steps.add(new Step("buffer of " + rule.channel(), -rule.buffer()));
            sum -= rule.buffer();
        }
        if (sum != ats) {
            steps.add(new Step("never below zero", ats - sum));
        }
        return new Derivation(sku, rule.channel(), ats, List.copyOf(steps));
    }
}
