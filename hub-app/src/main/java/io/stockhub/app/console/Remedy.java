package io.stockhub.app.console;

import io.stockhub.routes.DeadLetters.CauseGroup;
import org.jspecify.annotations.Nullable;

/**
 * What a cause says in plain words, and what a person does about it.
 *
 * @param alias the name that nobody knows, when making it an alias mends the cause; else null
 */
record Remedy(String text, @Nullable String alias) {
    static final String UNKNOWN_SKU = "stock.unknown_sku";
    private static final int HEADLINE_MAX = 160;

    static Remedy of(CauseGroup group) {
        String alias = group.code().equals(UNKNOWN_SKU) ? group.about().field() : null;
        return new Remedy(text(group, alias), alias);
    }

    /** Short enough for a heading. The whole message stands below it where it differs. */
    static String headline(CauseGroup group) {
        String name = group.about().field();
        if (group.code().equals(UNKNOWN_SKU) && name != null) {
            return "No SKU is called “" + name + "”";
        }
        String message = group.message();
        return message.length() <= HEADLINE_MAX ? message : message.substring(0, HEADLINE_MAX) + "…";
    }

    private static String text(CauseGroup group, @Nullable String alias) {
        if (alias != null) {
            return "Say which SKU is meant: the name becomes an alias of it at " + group.channel()
                    + ". If it is a new SKU, create it first. If two SKUs claim the name, settle that conflict.";
        }
        return switch (group.code()) {
            case "stock.order_changed" ->
                "The order came before with other lines. Change its reservation by hand, then discard these messages.";
            case "stock.already_shipped" -> "The goods are gone: expect a return, and discard these messages.";
            case "stock.unknown_location" -> "Create the location that the message names, then send again.";
            case "stock.unknown_unit" ->
                "Give the SKU that unit, or have the document sent in another unit, then send again.";
            case "stock.key_conflict" ->
                "Ask the warehouse which of the two documents is true. Discard these, or correct one by its movement.";
            case "channel.unknown_item" -> "List the item at the channel, or correct the alias there, then send again.";
            case "channel.never_shown" ->
                "Look at the channel for a promotion, a block or another tool that writes the number, then send again.";
            case "mapping.failed", "validate.schema" ->
                "Correct the mapping that is named below and start the hub again, or edit a message, then send again.";
            default -> other(group);
        };
    }

    private static String other(CauseGroup group) {
        if (group.flow().equals("stock-out")) {
            return "Correct what the channel complains of, then send again: what is sent is today's number.";
        }
        return group.kind().equals("poison")
                ? "Correct the message or the mapping that read it, then send again."
                : "Correct what the message names, then send again.";
    }
}
