package io.stockhub.connectors.camel;

import io.stockhub.connectors.failure.CallKind;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One call on its way through the routes. Lives in an exchange property, so nothing of it leaves with the request. */
final class CallState {

    static final String PROPERTY = "hub.call";
    /** The predicate of the call Kamelet's loop: whether a call is still to be made. */
    static final String OPEN = "hub.callOpen";

    final AccountCalls calls;
    final String action;
    final CallKind kind;
    final String input;

    @Nullable
    RequestDocument request;

    long tokenGeneration;
    boolean repeated;

    CallState(AccountCalls calls, String action, CallKind kind, String input) {
        this.calls = calls;
        this.action = action;
        this.kind = kind;
        this.input = input;
    }

    static CallState of(Exchange exchange) {
        CallState state = exchange.getProperty(PROPERTY, CallState.class);
        if (state == null) {
            throw new IllegalStateException("the call Kamelet was reached without the front door");
        }
        return state;
    }

    @Override
    public String toString() {
        return action;
    }
}
