package io.stockhub.stock;

import org.jspecify.annotations.Nullable;

/** What the reversal of a posting means for the order that it was for. */
final class ModelOrders {
    private ModelOrders() {}

    /** With a sign of -1, the undoing is undone. */
    static void undo(ModelTypes.Posting posting, int sign) {
        ModelTypes.Order order = posting.order();
        if (order == null) {
            return;
        }
        ModelTypes.Line line = order.lines.get(posting.line());
        long quantity = sign * posting.quantity();
        if (posting.from().state() == StockState.CUSTOMER) {
            String first = line.parts.keySet().iterator().next();
            if (posting.from().sku().equals(first)) {
                line.returned -= quantity / line.parts.get(first);
            }
            return;
        }
        ModelTypes.Part part = part(posting);
        if (part == null) {
            throw new AssertionError("no part for " + posting);
        }
        long picked = posting.from().state() == StockState.PICKED ? quantity : 0;
        switch (posting.to().state()) {
            case RESERVED -> part.cancelled += quantity;
            case PICKED -> part.picked -= quantity;
            case CUSTOMER -> {
                part.shipped -= quantity;
                part.picked += picked;
            }
            default -> {
                part.cancelled -= quantity;
                part.picked += picked;
            }
        }
    }

    static boolean sound(ModelTypes.Posting posting) {
        ModelTypes.Order order = posting.order();
        ModelTypes.Part part = part(posting);
        if (order == null) {
            return true;
        }
        ModelTypes.Line line = order.lines.get(posting.line());
        boolean kept = line.returned >= 0 && line.units(each -> each.shipped) >= line.returned;
        return kept
                && (part == null
                        || part.picked >= 0 && part.shipped >= 0 && part.cancelled >= 0 && part.held() >= part.picked);
    }

    private static ModelTypes.@Nullable Part part(ModelTypes.Posting posting) {
        ModelTypes.Order order = posting.order();
        if (order == null) {
            return null;
        }
        ModelTypes.Key reserved =
                (posting.to().state().outside() ? posting.from() : posting.to()).in(StockState.RESERVED);
        return order.lines.get(posting.line()).held.stream()
                .filter(part -> part.reserved.equals(reserved))
                .findFirst()
                .orElse(null);
    }
}
