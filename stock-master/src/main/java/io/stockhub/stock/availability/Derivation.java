package io.stockhub.stock.availability;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the number of a SKU on a channel comes about.
 *
 * @param ats the number: the quantity of {@code tree}
 * @param rulesVersion the version of the rules that gave it; 0 for the settings alone
 * @param components of a bundle: what each component suffices for, by SKU; empty for every other SKU
 * @param scarcest of a bundle: the component that decides; null for every other SKU
 */
public record Derivation(
        String sku,
        String channel,
        long ats,
        long rulesVersion,
        Node tree,
        List<Component> components,
        @Nullable String scarcest) {

    /**
     * A signed quantity with its reason.
     *
     * @param notes for whom, for example some of the orders
     * @param children where there are any, they sum to {@code quantity}
     */
    public record Node(String title, long quantity, List<String> notes, List<Node> children) {
        public Node {
            notes = List.copyOf(notes);
            children = List.copyOf(children);
            if (!children.isEmpty() && sum(children) != quantity) {
                throw new IllegalStateException(title + ": " + quantity + " is not the sum of " + children);
            }
        }
    }

    /**
     * A component of a bundle.
     *
     * @param bundles {@code tree}'s quantity by {@code perUnit}, rounded down
     * @param tree what the channel could sell of the component
     */
    public record Component(String sku, long perUnit, long bundles, Node tree) {}

    public Derivation {
        components = List.copyOf(components);
    }

    static Derivation of(Rules rules, String channel, SkuStock stock) {
        Sheet.Tree sheet = new Sheet.Tree();
        long ats = Ats.of(rules, channel, stock, sheet);
        Node tree = new Node("available to sell on " + channel, ats, List.of(), sheet.terms());
        List<Component> components = new ArrayList<>();
        for (SkuStock.Part part : stock.parts()) {
            components.add(component(rules, channel, part));
        }
        components.sort(java.util.Comparator.comparing(Component::sku));
        String scarcest = stock.parts().isEmpty()
                ? null
                : Ats.scarcest(rules, channel, stock).stock().sku();
        return new Derivation(stock.sku(), channel, ats, rules.version(), tree, components, scarcest);
    }

    private static Component component(Rules rules, String channel, SkuStock.Part part) {
        Sheet.Tree sheet = new Sheet.Tree();
        Ats.sellable(rules, channel, part.stock(), sheet);
        String sku = part.stock().sku();
        Node tree = new Node("sellable of " + sku, sheet.sum(), List.of(), sheet.terms());
        return new Component(sku, part.perUnit(), sheet.sum() / part.perUnit(), tree);
    }

    static long sum(List<Node> nodes) {
        long sum = 0;
        for (Node node : nodes) {
            sum = Math.addExact(sum, node.quantity());
        }
        return sum;
    }
}
