package io.stockhub.routes.flow;

import org.apache.camel.Processor;

/** Camel never ends an exchange whose step throws an Error: it would be in flight for ever and hold up the shutdown. */
final class Contained {
    private Contained() {}

    static Processor step(Processor step) {
        return exchange -> {
            try {
                step.process(exchange);
            } catch (Error e) {
                throw new RouteFailure(e);
            }
        };
    }
}
