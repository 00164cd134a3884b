package io.stockhub.stock.ledger;

import io.stockhub.stock.Command;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What makes two commands under one idempotency key "the same": a SHA-256 over their content. */
final class ContentHash {
    private final MessageDigest digest;

    private ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static byte[] of(Command command) {
        ContentHash hash = new ContentHash();
        switch (command) {
            case Command.Move move -> {
                hash.add("move").add(move.kind()).add(move.location()).add(move.reference());
                hash.add(move.reason()).add(move.occurredAt());
                move.lines().forEach(line -> hash.add(line.sku()).add(line.quantity()));
            }
            case Command.Reserve reserve -> {
                hash.add("reserve")
                        .add(reserve.channel())
                        .add(reserve.orderRef())
                        .add(reserve.policy());
                hash.add(reserve.shipTo());
                reserve.lines().forEach(line -> hash.add(line.sku()).add(line.quantity()));
            }
            case Command.Ship ship -> {
                hash.add("ship").add(ship.reservationId());
                ship.lines().forEach(line -> hash.add(line.sku()).add(line.quantity()));
            }
            case Command.Cancel cancel -> {
                hash.add("cancel").add(cancel.reservationId());
                cancel.lines().forEach(line -> hash.add(line.sku()).add(line.quantity()));
            }
        }
        return hash.digest.digest();
    }

    /**
     * What makes two demands of one order the same: the units per SKU. How the order came, and what else is written in
     * it, does not matter: a channel repeats an order with a new status and it is still one order.
     */
    static byte[] ofDemand(Map<String, Long> unitsBySku) {
        ContentHash hash = new ContentHash();
        unitsBySku.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> hash.add(entry.getKey())
                .add(entry.getValue()));
        return hash.digest.digest();
    }

    /** Each field is framed by its length, so that no two contents look alike when written one after another. */
    private ContentHash add(@Nullable Object field) {
        byte[] bytes = field == null ? new byte[0] : field.toString().getBytes(StandardCharsets.UTF_8);
        digest.update((field == null ? "-:" : bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
        return this;
    }
}
