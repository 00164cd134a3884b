package io.stockhub.routes.deadletter;

import io.stockhub.mapping.Mappings;
import io.stockhub.mapping.canonical.Adjustment;
import io.stockhub.mapping.canonical.Order;
import io.stockhub.mapping.canonical.Receipt;
import io.stockhub.routes.inbox.InboxMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a message would move, read as well as it can be: of one that cannot be mapped nothing is known. */
public final class Stakes {
    private final Mappings mappings;

    public Stakes(Mappings mappings) {
        this.mappings = mappings;
    }

    /** Goods as the message names them; {@code unit} null means base units. */
    public record Line(String name, long quantity, @Nullable String unit) {}

    /** Absent when the message cannot be read. */
    public Optional<List<Line>> of(InboxMessage message) {
        try {
            String document = mappings.apply(message.mapping(), new String(message.payload(), StandardCharsets.UTF_8));
            return Optional.of(
                    switch (message.flow()) {
                        case ORDERS_IN ->
                            Order.parse(document).lines().stream()
                                    .map(line -> new Line(line.sku(), line.quantity(), null))
                                    .toList();
                        case RECEIPTS_IN ->
                            Receipt.parse(document).lines().stream()
                                    .map(line -> new Line(line.sku(), line.quantity(), line.unit()))
                                    .toList();
                        case ADJUSTMENTS_IN ->
                            Adjustment.parse(document).lines().stream()
                                    .map(line -> new Line(line.sku(), Math.abs(line.quantity()), null))
                                    .toList();
                    });
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
