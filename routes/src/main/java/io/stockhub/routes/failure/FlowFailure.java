package io.stockhub.routes.failure;

import io.stockhub.connectors.Failure;
import org.jspecify.annotations.Nullable;

/** A step of a flow failed and knows why, and which SKU and order it is about. */
public final class FlowFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final @Nullable String sku;
    private final @Nullable String orderRef;

    public FlowFailure(Failure failure, @Nullable String sku, @Nullable String orderRef) {
        super(failure.code() + ": " + failure.message());
        this.failure = failure;
        this.sku = sku;
        this.orderRef = orderRef;
    }

    /** The other side, or our data, says no: a person has to change something. */
    public static FlowFailure permanent(
            Failure.Stage stage, String code, String message, @Nullable String sku, @Nullable String orderRef) {
        return new FlowFailure(new Failure(Failure.Kind.PERMANENT, stage, code, message, null), sku, orderRef);
    }

    public Failure failure() {
        return failure;
    }

    public @Nullable String sku() {
        return sku;
    }

    public @Nullable String orderRef() {
        return orderRef;
    }
}
