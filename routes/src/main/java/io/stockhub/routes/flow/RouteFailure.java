package io.stockhub.routes.flow;

/**
 * A route ended in a failure: the cause. Unlike Camel's own wrapper it does not ask the cause for its words, since a
 * cause may fail even at that.
 */
final class RouteFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RouteFailure(Throwable cause) {
        super("a route failed", cause);
    }
}
