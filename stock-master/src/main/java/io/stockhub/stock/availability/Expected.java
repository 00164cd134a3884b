package io.stockhub.stock.availability;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Units on their way to a location.
 *
 * @param date when they should be there (UTC); null when nobody said
 * @param quantity in base units, at least 1
 * @param reference the inbound or transfer that brings them
 */
public record Expected(String sku, @Nullable LocalDate date, String location, long quantity, String reference) {
    public Expected {
        if (quantity < 1) {
            throw new IllegalArgumentException(reference + ": " + quantity + " (expected: >= 1)");
        }
    }
}
