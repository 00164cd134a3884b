package io.stockhub.bench.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/** The hash that the product keeps of what an order asked for; the yardsticks write the same. */
final class DemandHash {
    private DemandHash() {}

    static byte[] of(Map<String, Long> demand) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(demand).forEach((sku, quantity) -> {
            String units = quantity.toString();
            text.append(sku.length()).append(':').append(sku);
            text.append(units.length()).append(':').append(units);
        });
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
