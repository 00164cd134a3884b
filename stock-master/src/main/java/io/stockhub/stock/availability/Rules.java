package io.stockhub.stock.availability;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.stock.escrow.SalesPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules that hold: a version of the rules document, laid over what the settings say of each channel. What the
 * document says of channels that the settings do not have is without effect.
 */
public final class Rules {
    /** What safety stock is about; null is any. */
    private record About(@Nullable String location, @Nullable String sku, @Nullable String abcClass) {}

    private final long version;
    private final RulesDocument document;
    private final Map<String, ChannelRule> channels = new HashMap<>();
    private final Map<String, Map<String, ChannelRule>> ofSku = new HashMap<>();
    private final Map<String, String> pools = new HashMap<>();
    private final Map<About, Long> safetyStock = new HashMap<>();

    private Rules(long version, RulesDocument document) {
        this.version = version;
        this.document = document;
    }

    /** @param base one rule a channel, as the settings say */
    public static Rules of(long version, RulesDocument document, List<ChannelRule> base) {
        Rules rules = new Rules(version, document);
        base.forEach(rule -> rules.channels.put(rule.channel(), rules.laidOver(rule)));
        document.skus()
                .forEach((sku, terms) -> terms.forEach((channel, of) -> {
                    ChannelRule rule = rules.channels.get(channel);
                    if (rule != null) {
                        rules.ofSku.computeIfAbsent(sku, s -> new HashMap<>()).put(channel, rule.with(of));
                    }
                }));
        document.pools().forEach((pool, members) -> members.forEach(channel -> rules.pools.put(channel, pool)));
        document.safetyStock()
                .forEach(kept -> rules.safetyStock.put(
                        new About(kept.location(), kept.sku(), kept.abcClass()), kept.quantity()));
        return rules;
    }

    private ChannelRule laidOver(ChannelRule base) {
        RulesDocument.ChannelTerms terms =
                document.channels().getOrDefault(base.channel(), RulesDocument.ChannelTerms.NONE);
        ChannelRule rule = base.with(terms.terms());
        return new ChannelRule(
                rule.channel(),
                terms.locations() == null ? rule.locations() : terms.locations(),
                rule.buffer(),
                rule.floor(),
                rule.cap(),
                terms.priority() == null ? rule.priority() : terms.priority());
    }

    /** 0 when no document was ever applied. */
    public long version() {
        return version;
    }

    /** Ids of the channels that the settings have. */
    public Set<String> channels() {
        return Set.copyOf(channels.keySet());
    }

    /** What holds for a SKU on a channel. The channel must be one of {@link #channels}. */
    public ChannelRule rule(String channel, String sku) {
        ChannelRule rule = Objects.requireNonNull(channels.get(channel), channel);
        return ofSku.getOrDefault(sku, Map.of()).getOrDefault(channel, rule);
    }

    /** The pool whose units are protected for the channel; null when there is none. */
    public @Nullable String pool(String channel) {
        return pools.get(channel);
    }

    /** Names of all pools. */
    public Set<String> pools() {
        return new HashSet<>(document.pools().keySet());
    }

    /**
     * Units of a SKU that are kept back at a location for everyone. The most specific entry holds: location and SKU,
     * SKU, location and class, location, class; else 0.
     */
    public long safetyStock(String location, String sku, @Nullable String abcClass) {
        List<About> mostSpecificFirst = List.of(
                new About(location, sku, null),
                new About(null, sku, null),
                new About(location, null, abcClass),
                new About(location, null, null),
                new About(null, null, abcClass));
        for (About about : mostSpecificFirst) {
            Long kept = safetyStock.get(about);
            if (kept != null) {
                return kept;
            }
        }
        return 0;
    }

    /** Priority of an order, 1 first to 9 last: the customer's, else the channel's. */
    public int priority(String channel, @Nullable String customer) {
        Integer own = customer == null ? null : document.customers().get(customer);
        if (own != null) {
            return own;
        }
        ChannelRule rule = channels.get(channel);
        return rule == null ? ChannelRule.PRIORITY_DEFAULT : rule.priority();
    }

    /** How the channels share the units of a SKU. */
    public SalesPolicy policy(String sku, @Nullable String abcClass) {
        RulesDocument.Selling selling = document.selling();
        SalesPolicy ofSku = selling.skus().get(sku);
        SalesPolicy ofClass = abcClass == null ? null : selling.classes().get(abcClass);
        return ofSku != null ? ofSku : ofClass != null ? ofClass : selling.policy();
    }

    /** Units that channels which share may be told, together, beyond what there is; null is any number. */
    public @Nullable Long exposureMax() {
        return document.selling().exposure();
    }

    /** How long a new number of a SKU may wait for more urgent ones. */
    public Duration maxDelay(String sku, @Nullable String abcClass) {
        RulesDocument.MaxDelay delay = document.maxDelay();
        Duration ofClass = abcClass == null ? null : delay.classes().get(abcClass);
        return delay.skus().getOrDefault(sku, ofClass == null ? delay.all() : ofClass);
    }

    /** How orders find their warehouse, as the document says; null when it says nothing. */
    public @Nullable JsonNode routing() {
        return document.routing();
    }

    /** Units that the channel may be told of, now. The channel must be one of {@link #channels}. */
    public long ats(String channel, SkuStock stock) {
        return Ats.of(this, channel, stock, new Sheet.Sum());
    }

    /** Units that the channel could sell, less its buffer, before floor and cap: what it brings to a division. */
    public long divisible(String channel, SkuStock stock) {
        return Math.max(
                0,
                Ats.sellable(this, channel, stock) - rule(channel, stock.sku()).buffer());
    }

    /** Units that there are for the channels: the most that any of them could sell, before buffer, floor and cap. */
    public long sellable(SkuStock stock) {
        return channels.keySet().stream()
                .mapToLong(channel -> Ats.sellable(this, channel, stock))
                .max()
                .orElse(0);
    }

    /** The number of {@link #ats} with its reasons. */
    public Derivation derive(String channel, SkuStock stock) {
        return Derivation.of(this, channel, stock);
    }
}
