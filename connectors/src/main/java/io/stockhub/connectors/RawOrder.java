package io.stockhub.connectors;

import java.time.Instant;

/**
 * One order as its system tells it.
 *
 * @param id the system's id of the order
 * @param updatedAt when the system last changed it
 * @param json the order untouched: ids beyond 53 bits, decimals and the order of fields are kept
 */
public record RawOrder(String id, Instant updatedAt, String json) {}
