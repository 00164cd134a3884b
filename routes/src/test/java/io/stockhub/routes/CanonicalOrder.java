package io.stockhub.routes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An order in the canonical form, which is also what the system {@code acme} speaks. */
record CanonicalOrder(String orderRef, String status, List<String> lines, String updatedAt) {
    private static final String UPDATED_AT = "2026-03-14T10:00:00Z";

    /** Lines are {@code SKU*quantity}. */
    static CanonicalOrder open(String orderRef, String... lines) {
        return new CanonicalOrder(orderRef, "open", Arrays.asList(lines), UPDATED_AT);
    }

    CanonicalOrder cancelled() {
        return new CanonicalOrder(orderRef, "cancelled", lines, updatedAt);
    }

    CanonicalOrder ignored() {
        return new CanonicalOrder(orderRef, "ignored", List.of(), updatedAt);
    }

    /** The same word, as the channel had it an hour before. */
    CanonicalOrder older() {
        return new CanonicalOrder(orderRef, status, lines, "2026-03-14T09:00:00Z");
    }

    String json() {
        String written = IntStream.range(0, lines.size())
                .mapToObj(i -> {
                    String[] line = lines.get(i).split("\\*");
                    return "{\"lineRef\":\"%d\",\"sku\":\"%s\",\"quantity\":%s}".formatted(i, line[0], line[1]);
                })
                .collect(Collectors.joining(","));
        return """
                {"orderRef":"%s","status":"%s","placedAt":"2026-03-14T10:00:00Z","updatedAt":"%s",\
                "shipTo":{"country":"DE"},"lines":[%s]}"""
                .formatted(orderRef, status, updatedAt, written);
    }

    byte[] bytes() {
        return json().getBytes(StandardCharsets.UTF_8);
    }
}
