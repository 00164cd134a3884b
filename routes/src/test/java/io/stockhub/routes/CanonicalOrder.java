package io.stockhub.routes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An order in the canonical form, which is also what the system {@code acme} speaks. */
record CanonicalOrder(String orderRef, String status, List<String> lines) {

    /** Lines are {@code SKU*quantity}. */
    static CanonicalOrder open(String orderRef, String... lines) {
        return new CanonicalOrder(orderRef, "open", Arrays.asList(lines));
    }

    CanonicalOrder cancelled() {
        return new CanonicalOrder(orderRef, "cancelled", lines);
    }

    CanonicalOrder ignored() {
        return new CanonicalOrder(orderRef, "ignored", List.of());
    }

    String json() {
        String written = IntStream.range(0, lines.size())
                .mapToObj(i -> {
                    String[] line = lines.get(i).split("\\*");
                    return "{\"lineRef\":\"%d\",\"sku\":\"%s\",\"quantity\":%s}".formatted(i, line[0], line[1]);
                })
                .collect(Collectors.joining(","));
        return """
                {"orderRef":"%s","status":"%s","placedAt":"2026-03-14T10:00:00Z","updatedAt":"2026-03-14T10:00:00Z",\
                "shipTo":{"country":"DE"},"lines":[%s]}"""
                .formatted(orderRef, status, written);
    }

    byte[] bytes() {
        return json().getBytes(StandardCharsets.UTF_8);
    }
}
