package io.stockhub.stock.routing;

/** One reason for a score, in words, with its points; lower is better. */
public record Part(String title, long points) {}
