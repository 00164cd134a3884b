package io.stockhub.stock.ledger;

import io.stockhub.stock.Command;
import io.stockhub.stock.Goods;
import io.stockhub.stock.MoveDetails;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What makes two commands under one idempotency key "the same": a SHA-256 over their content. */
final class ContentHash {
    private static final MessageDigest FRESH = sha256();

    private final MessageDigest digest;

    private ContentHash() {
        try {
            digest = (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the digest of this Java cannot be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
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
                hash.lines(move.lines());
                hash.fields(move.details(), MoveDetails.NONE);
            }
            case Command.Reserve reserve -> {
                hash.add("reserve")
                        .add(reserve.channel())
                        .add(reserve.orderRef())
                        .add(reserve.policy());
                hash.add(reserve.shipTo());
                hash.lines(reserve.lines());
                hash.fields(reserve.terms(), Command.Terms.ORDER);
            }
            case Command.Confirm confirm -> hash.add("confirm").add(confirm.reservationId());
            case Command.Pick pick -> hash.add("pick").add(pick.reservationId()).lines(pick.lines());
            case Command.Ship ship -> hash.add("ship").add(ship.reservationId()).lines(ship.lines());
            case Command.Cancel cancel ->
                hash.add("cancel").add(cancel.reservationId()).lines(cancel.lines());
            case Command.Expire expire -> hash.add("expire").add(expire.reservationId());
            case Command.FillBackorders fill -> hash.add("fill").add(fill.sku());
            case Command.Reverse reverse ->
                hash.add("reverse").add(reverse.movementId()).add(reverse.reason());
            case Command.TakeBack takeBack ->
                hash.add("take-back").add(takeBack.movementId()).add(takeBack.reason());
            case Command.CloseInbound close -> {
                hash.add("close").add(close.location()).add(close.reference());
                close.resolutions().forEach(resolution -> hash.add(resolution.sku())
                        .add(resolution.kind())
                        .add(resolution.resolution())
                        .add(resolution.note()));
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
        Map<String, Long> sorted = unitsBySku.size() > 1 ? new TreeMap<>(unitsBySku) : unitsBySku;
        sorted.forEach((sku, units) -> hash.add(sku).add(units));
        return hash.digest.digest();
    }

    private ContentHash lines(List<Command.Line> lines) {
        for (Command.Line line : lines) {
            add(line.sku()).add(line.quantity());
            fields(line.goods(), Goods.ANY);
        }
        return this;
    }

    /**
     * The fields that say something, each with its name: a field that a later version adds does not change what is
     * remembered of commands that do not use it.
     */
    private void fields(Record values, Record nothing) {
        if (values.equals(nothing)) {
            return;
        }
        for (RecordComponent component : values.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(values);
                if (!Objects.equals(value, component.getAccessor().invoke(nothing))) {
                    // No name of ours begins so: a field does not look like the SKU of another line.
                    add("\u0000" + component.getName()).add(value);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a record's accessors are public", e);
            }
        }
    }

    /** Each field is framed by its length, so that no two contents look alike when written one after another. */
    private ContentHash add(@Nullable Object field) {
        byte[] bytes = field == null ? new byte[0] : field.toString().getBytes(StandardCharsets.UTF_8);
        digest.update((field == null ? "-:" : bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
        return this;
    }
}
