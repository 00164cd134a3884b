package io.stockhub.stock.availability;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.stock.Limits;
import io.stockhub.stock.availability.Located.Field;
import io.stockhub.stock.availability.Located.Group;
import io.stockhub.stock.availability.RulesDocument.ChannelTerms;
import io.stockhub.stock.availability.RulesDocument.SafetyStock;
import io.stockhub.stock.availability.RulesDocument.Terms;
import io.stockhub.stock.escrow.SalesPolicy;
import io.stockhub.stock.routing.RoutingRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a rules document, YAML or JSON, and says all that is wrong with it. */
public final class RulesReader {
    /** Characters of a rules document. */
    public static final int DOCUMENT_LENGTH_MAX = 1_000_000;
    /** Findings that are told; more are counted. */
    public static final int FINDINGS_MAX = 200;

    private static final Set<String> CLASSES = Set.of("A", "B", "C");
    private static final int CLASS_LENGTH_MAX = 10;
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})([smh])");
    private static final Duration DELAY_MAX = Duration.ofDays(1);

    /**
     * What became of a document.
     *
     * @param document without the parts that findings are about; use it only when there are none
     */
    public record Reading(RulesDocument document, List<Finding> findings) {}

    private final @Nullable Known known;
    private final RulesParts parts = new RulesParts();

    private RulesReader(@Nullable Known known) {
        this.known = known;
    }

    /** A new document, to be checked against what there is. */
    public static Reading read(String text, Known known) {
        return new RulesReader(known).read(text);
    }

    /** A document that was right when it was applied; what it speaks of may be gone since. */
    public static Reading readApplied(String text) {
        return new RulesReader(null).read(text);
    }

    private Reading read(String text) {
        if (text.length() > DOCUMENT_LENGTH_MAX) {
            Finding tooLong =
                    new Finding(1, "", text.length() + " characters (expected: at most " + DOCUMENT_LENGTH_MAX + ")");
            return new Reading(RulesDocument.EMPTY, List.of(tooLong));
        }
        Located root = Located.read(text, parts.findings);
        RulesDocument document = parts.findings.isEmpty() || root instanceof Group
                ? document(parts.group(root, ""))
                : RulesDocument.EMPTY;
        List<Finding> sorted = parts.findings.stream()
                .sorted(Comparator.comparingInt(Finding::line).thenComparing(Finding::path))
                .collect(Collectors.toCollection(ArrayList::new));
        if (sorted.size() > FINDINGS_MAX) {
            int more = sorted.size() - FINDINGS_MAX;
            sorted.subList(FINDINGS_MAX, sorted.size()).clear();
            sorted.add(new Finding(sorted.getLast().line(), "", "and " + more + " more"));
        }
        return new Reading(document, List.copyOf(sorted));
    }

    private RulesDocument document(Group root) {
        parts.allow(
                root,
                "",
                Set.of("pools", "channels", "safetyStock", "skus", "customers", "selling", "maxDelay", "routing"));
        Map<String, Set<String>> pools = pools(parts.group(root, "", "pools"));
        Map<String, ChannelTerms> channels = channels(parts.group(root, "", "channels"));
        Field kept = root.fields().get("safetyStock");
        return new RulesDocument(
                pools,
                channels,
                kept == null ? List.of() : safetyStock(kept.value()),
                skus(parts.group(root, "", "skus"), channels),
                customers(parts.group(root, "", "customers")),
                selling(parts.group(root, "", "selling")),
                maxDelay(parts.group(root, "", "maxDelay")),
                routing(root.fields().get("routing")));
    }

    private Map<String, Set<String>> pools(Group group) {
        Map<String, Set<String>> pools = new HashMap<>();
        Map<String, String> poolOf = new HashMap<>();
        group.fields().forEach((pool, field) -> {
            String path = "pools." + pool;
            parts.name(field.line(), path, pool);
            Group of = parts.group(field.value(), path);
            parts.allow(of, path, Set.of("channels"));
            Set<String> members = new LinkedHashSet<>();
            parts.texts(of, path, "channels", true).forEach(text -> {
                channel(text.line(), text.path(), text.text());
                String other = poolOf.putIfAbsent(text.text(), pool);
                if (other != null && !other.equals(pool)) {
                    parts.add(text.line(), text.path(), text.text() + " is in pool " + other + " already");
                }
                members.add(text.text());
            });
            pools.put(pool, Set.copyOf(members));
        });
        return pools;
    }

    private Map<String, ChannelTerms> channels(Group group) {
        Map<String, ChannelTerms> channels = new HashMap<>();
        group.fields().forEach((channel, field) -> {
            String path = "channels." + channel;
            channel(field.line(), path, channel);
            Group of = parts.group(field.value(), path);
            parts.allow(of, path, Set.of("locations", "buffer", "floor", "cap", "priority"));
            Terms terms = terms(of, path, Terms.NONE);
            channels.put(
                    channel,
                    new ChannelTerms(locations(of, path, channel), terms, parts.priority(of, path, "priority")));
        });
        return channels;
    }

    private @Nullable List<String> locations(Group of, String path, String channel) {
        if (!of.fields().containsKey("locations")) {
            return null;
        }
        List<String> locations = new ArrayList<>();
        parts.texts(of, path, "locations", false).forEach(text -> {
            String wrong = known == null ? null : known.wrong(channel, text.text());
            if (wrong != null) {
                parts.add(text.line(), text.path(), wrong);
            }
            locations.add(text.text());
        });
        return locations;
    }

    /** @param base what holds where these terms say nothing */
    private Terms terms(Group of, String path, Terms base) {
        Terms terms = new Terms(
                parts.quantity(of, path, "buffer"), parts.quantity(of, path, "floor"), parts.quantity(of, path, "cap"));
        Terms effective = terms.over(base);
        Long cap = effective.cap();
        // A cap of 0 takes a SKU off a channel, whatever the floor.
        if (cap != null && cap > 0 && effective.floor() != null && cap < effective.floor()) {
            String at = terms.cap() == null ? "floor" : "cap";
            parts.add(
                    of.lineOf(at),
                    path + "." + at,
                    at.equals("cap")
                            ? cap + " (expected: >= " + effective.floor() + ", which is the floor, or 0)"
                            : effective.floor() + " (expected: <= " + cap + ", which is the cap)");
        }
        return terms;
    }

    private List<SafetyStock> safetyStock(Located at) {
        List<SafetyStock> kept = new ArrayList<>();
        Map<SafetyStock, Integer> seen = new HashMap<>();
        List<Located> items = parts.items(at, "safetyStock");
        for (int i = 0; i < items.size(); i++) {
            String path = "safetyStock[" + i + "]";
            Group of = parts.group(items.get(i), path);
            int line = items.get(i).line();
            parts.allow(of, path, Set.of("location", "sku", "abc", "quantity"));
            String location = parts.text(of, path, "location", Limits.NAME_LENGTH_MAX);
            String sku = parts.text(of, path, "sku", Limits.NAME_LENGTH_MAX);
            String abc = parts.text(of, path, "abc", CLASS_LENGTH_MAX);
            if (abc != null && !CLASSES.contains(abc)) {
                parts.add(of.lineOf("abc"), path + ".abc", "\"" + abc + "\" (expected: A, B or C)");
            }
            Long quantity = parts.quantity(of, path, "quantity");
            if (quantity == null && !of.fields().containsKey("quantity")) {
                parts.add(line, path + ".quantity", "missing (expected: units)");
            }
            if (location != null && known != null && !known.locations().contains(location)) {
                parts.add(
                        of.lineOf("location"),
                        path + ".location",
                        "\"" + location + "\" (expected: a location that exists)");
            }
            if (location == null && sku == null && abc == null) {
                parts.add(line, path, "about nothing (expected: location, sku or abc)");
            }
            if (sku != null && abc != null) {
                parts.add(of.lineOf("abc"), path + ".abc", "beside sku (expected: one of both)");
            }
            Integer before = seen.putIfAbsent(new SafetyStock(location, sku, abc, 0), line);
            if (before != null) {
                parts.add(line, path, "about the same stock as line " + before + " (expected: once)");
            }
            kept.add(new SafetyStock(location, sku, abc, quantity == null ? 0 : quantity));
        }
        return kept;
    }

    private Map<String, Map<String, Terms>> skus(Group group, Map<String, ChannelTerms> channels) {
        Map<String, Map<String, Terms>> skus = new HashMap<>();
        group.fields().forEach((sku, field) -> {
            String path = "skus." + sku;
            parts.name(field.line(), path, sku);
            Group of = parts.group(field.value(), path);
            parts.allow(of, path, Set.of("channels"));
            Map<String, Terms> byChannel = new HashMap<>();
            parts.group(of, path, "channels").fields().forEach((channel, terms) -> {
                String below = path + ".channels." + channel;
                channel(terms.line(), below, channel);
                Group group1 = parts.group(terms.value(), below);
                parts.allow(group1, below, Set.of("buffer", "floor", "cap"));
                Terms base = channels.getOrDefault(channel, ChannelTerms.NONE).terms();
                byChannel.put(channel, terms(group1, below, base));
            });
            skus.put(sku, Map.copyOf(byChannel));
        });
        return skus;
    }

    private Map<String, Integer> customers(Group group) {
        Map<String, Integer> customers = new HashMap<>();
        group.fields().forEach((customer, field) -> {
            String path = "customers." + customer;
            parts.name(field.line(), path, customer);
            Group of = parts.group(field.value(), path);
            parts.allow(of, path, Set.of("priority"));
            Integer priority = parts.priority(of, path, "priority");
            if (priority != null) {
                customers.put(customer, priority);
            } else if (!of.fields().containsKey("priority")) {
                parts.add(
                        field.line(), path + ".priority", "missing (expected: 1 to " + ChannelRule.PRIORITY_LAST + ")");
            }
        });
        return customers;
    }

    private RulesDocument.Selling selling(Group of) {
        String path = "selling";
        parts.allow(of, path, Set.of("policy", "classes", "skus", "exposure"));
        SalesPolicy policy = policy(of, path, "policy");
        Group classes = parts.group(of, path, "classes");
        parts.allow(classes, path + ".classes", CLASSES);
        return new RulesDocument.Selling(
                policy == null ? SalesPolicy.SHARED : policy,
                policies(classes, path + ".classes"),
                policies(parts.group(of, path, "skus"), path + ".skus"),
                parts.quantity(of, path, "exposure"));
    }

    private RulesDocument.MaxDelay maxDelay(Group of) {
        String path = "maxDelay";
        parts.allow(of, path, Set.of("all", "classes", "skus"));
        Duration all = duration(of, path, "all");
        Group classes = parts.group(of, path, "classes");
        parts.allow(classes, path + ".classes", CLASSES);
        return new RulesDocument.MaxDelay(
                all == null ? RulesDocument.MaxDelay.NONE.all() : all,
                durations(classes, path + ".classes"),
                durations(parts.group(of, path, "skus"), path + ".skus"));
    }

    private Map<String, Duration> durations(Group group, String path) {
        Map<String, Duration> durations = new HashMap<>();
        group.fields().forEach((name, field) -> {
            parts.name(field.line(), path + "." + name, name);
            Duration duration = duration(group, path, name);
            if (duration != null) {
                durations.put(name, duration);
            }
        });
        return durations;
    }

    private @Nullable Duration duration(Group of, String path, String name) {
        String text = parts.text(of, path, name, Limits.NAME_LENGTH_MAX);
        if (text == null) {
            return null;
        }
        Matcher matcher = DURATION.matcher(text);
        Duration duration = null;
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            duration = switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        }
        if (duration == null || duration.isZero() || duration.compareTo(DELAY_MAX) > 0) {
            parts.add(
                    of.lineOf(name), path + "." + name, "\"" + text + "\" (expected: 1s to 24h, as in 10s, 5m or 1h)");
            return null;
        }
        return duration;
    }

    private Map<String, SalesPolicy> policies(Group group, String path) {
        Map<String, SalesPolicy> policies = new HashMap<>();
        group.fields().forEach((name, field) -> {
            parts.name(field.line(), path + "." + name, name);
            SalesPolicy policy = policy(group, path, name);
            if (policy != null) {
                policies.put(name, policy);
            }
        });
        return policies;
    }

    private @Nullable SalesPolicy policy(Group of, String path, String name) {
        String text = parts.text(of, path, name, Limits.NAME_LENGTH_MAX);
        for (SalesPolicy policy : SalesPolicy.values()) {
            if (policy.spelling().equals(text)) {
                return policy;
            }
        }
        if (text != null) {
            parts.add(of.lineOf(name), path + "." + name, "\"" + text + "\" (expected: shared, escrow or auto)");
        }
        return null;
    }

    private @Nullable JsonNode routing(@Nullable Field field) {
        if (field == null || field.value() instanceof Located.Nothing) {
            return null;
        }
        JsonNode node = field.value().json();
        List<RoutingRules.Finding> wrong =
                switch (RoutingRules.parse(node)) {
                    case RoutingRules.Wrong findings -> findings.findings();
                    case RoutingRules.Right right ->
                        known == null ? List.of() : right.rules().unknown(known.locations());
                };
        wrong.forEach(finding -> parts.add(
                finding.path().isEmpty() ? field.line() : field.value().lineOf(finding.path()),
                finding.path().isEmpty()
                        ? "routing"
                        : "routing" + (finding.path().startsWith("[") ? "" : ".") + finding.path(),
                finding.what()));
        return node;
    }

    private void channel(int line, String path, String channel) {
        if (known != null && !known.channels().contains(channel)) {
            parts.add(
                    line,
                    path,
                    "\"" + channel + "\" (expected: a channel of the settings: "
                            + known.channels().stream().sorted().collect(Collectors.joining(", ")) + ")");
        }
    }
}
