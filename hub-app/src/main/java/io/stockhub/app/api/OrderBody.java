package io.stockhub.app.api;

import io.stockhub.stock.Command;
import io.stockhub.stock.Limits;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of one order, alone or one of many in a call.
 *
 * @param lines as they came; their units are the caller's to read, for many orders at once
 */
record OrderBody(Fields body, List<Fields> lines) {
    private static final Set<String> FIELDS =
            Set.of("channel", "orderRef", "policy", "customer", "priority", "holdFor", "shipTo", "occurredAt", "lines");
    private static final Set<String> SHIP_TO = Set.of("country", "region", "postalCode");

    static OrderBody of(Fields body) {
        body.allow(FIELDS, Set.of());
        return new OrderBody(body, CommandBody.objects(body));
    }

    /**
     * @param actor who asks
     * @param key idempotency key; null for none
     * @param units of the SKUs in all lines that name a unit
     */
    Command.Reserve command(String actor, @Nullable String key, BaseUnits.Conversion units) {
        return new Command.Reserve(
                body.text("channel"),
                body.text("orderRef"),
                policy(body),
                shipTo(body.optionalObject("shipTo")),
                CommandBody.time(body, "occurredAt"),
                actor,
                key,
                terms(body),
                CommandBody.lines(lines, units));
    }

    private static Command.Policy policy(Fields body) {
        String policy = body.optionalText("policy");
        return switch (policy == null ? "all-or-nothing" : policy) {
            case "all-or-nothing" -> Command.Policy.ALL_OR_NOTHING;
            case "partial" -> Command.Policy.PARTIAL;
            case "backorder" -> Command.Policy.BACKORDER;
            default ->
                throw body.invalid("policy", "\"" + policy + "\" (expected: all-or-nothing, partial or backorder)");
        };
    }

    static Command.Terms terms(Fields body) {
        Long priority = Values.optionalInteger(body, "priority");
        if (priority != null && (priority < 1 || priority > 9)) {
            throw body.invalid("priority", priority + " (expected: 1, the first, to 9)");
        }
        return new Command.Terms(
                body.optionalText("customer"),
                priority == null ? null : (Integer) priority.intValue(),
                Values.optionalDuration(body, "holdFor"));
    }

    static Command.@Nullable ShipTo shipTo(@Nullable Fields shipTo) {
        if (shipTo == null) {
            return null;
        }
        shipTo.allow(SHIP_TO, Set.of());
        return new Command.ShipTo(
                Values.optionalText(shipTo, "country", Limits.NAME_LENGTH_MAX),
                Values.optionalText(shipTo, "region", Limits.NAME_LENGTH_MAX),
                Values.optionalText(shipTo, "postalCode", Limits.NAME_LENGTH_MAX));
    }
}
