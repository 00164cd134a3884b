package io.stockhub.stock.availability;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.stock.escrow.SalesPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rules file says, and nothing that it leaves out. Quantities are in base units.
 *
 * @param pools the channels for which the units of each pool are protected
 * @param skus what holds for one SKU on one channel instead of the channel's own terms: SKU, then channel
 * @param customers priority of each customer's orders, 1 first to 9 last
 * @param selling how the channels share the units of a SKU
 * @param maxDelay how long a new number may wait before it leaves for a channel
 * @param routing how orders find their warehouse; read by the routing of orders, opaque here; null when absent
 */
public record RulesDocument(
        Map<String, Set<String>> pools,
        Map<String, ChannelTerms> channels,
        List<SafetyStock> safetyStock,
        Map<String, Map<String, Terms>> skus,
        Map<String, Integer> customers,
        Selling selling,
        MaxDelay maxDelay,
        @Nullable JsonNode routing) {

    /** The document of a hub to which no rules were ever given. */
    public static final RulesDocument EMPTY =
            new RulesDocument(Map.of(), Map.of(), List.of(), Map.of(), Map.of(), Selling.NONE, MaxDelay.NONE, null);

    public RulesDocument {
        pools = Map.copyOf(pools);
        channels = Map.copyOf(channels);
        safetyStock = List.copyOf(safetyStock);
        skus = Map.copyOf(skus);
        customers = Map.copyOf(customers);
    }

    /**
     * How the channels share the units of a SKU: what is said of the SKU, else of its class, else of all.
     *
     * @param exposure units that channels which share may be told, together, beyond what there is; null is any number
     */
    public record Selling(
            SalesPolicy policy,
            Map<String, SalesPolicy> classes,
            Map<String, SalesPolicy> skus,
            @Nullable Long exposure) {
        static final Selling NONE = new Selling(SalesPolicy.SHARED, Map.of(), Map.of(), null);

        public Selling {
            classes = Map.copyOf(classes);
            skus = Map.copyOf(skus);
        }
    }

    /**
     * How long a new number may wait for more urgent ones, before it goes ahead of them: what is said of the SKU, else of
     * its class, else of all.
     */
    public record MaxDelay(Duration all, Map<String, Duration> classes, Map<String, Duration> skus) {
        static final MaxDelay NONE = new MaxDelay(Duration.ofMinutes(1), Map.of(), Map.of());

        public MaxDelay {
            classes = Map.copyOf(classes);
            skus = Map.copyOf(skus);
        }
    }

    /** Null where the document says nothing. */
    public record Terms(@Nullable Long buffer, @Nullable Long floor, @Nullable Long cap) {
        static final Terms NONE = new Terms(null, null, null);

        /** These terms where they say something, else {@code base}'s. */
        Terms over(Terms base) {
            return new Terms(
                    buffer == null ? base.buffer : buffer,
                    floor == null ? base.floor : floor,
                    cap == null ? base.cap : cap);
        }
    }

    /** Null where the document says nothing; then the settings hold. */
    public record ChannelTerms(@Nullable List<String> locations, Terms terms, @Nullable Integer priority) {
        static final ChannelTerms NONE = new ChannelTerms(null, Terms.NONE, null);
    }

    /**
     * Units that are kept back for everyone at each location it is about. Location and SKU or class, SKU, location, or
     * class: null is any. Of two that are about the same stock the more specific one holds.
     */
    public record SafetyStock(
            @Nullable String location, @Nullable String sku, @Nullable String abcClass, long quantity) {}
}
