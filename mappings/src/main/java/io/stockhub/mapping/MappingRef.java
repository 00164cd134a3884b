package io.stockhub.mapping;

/**
 * Which mapping, in which wording; stored with every message it made.
 *
 * @param name {@code <system>/<action>}, for example {@code acme/order}
 * @param contentHash the first 16 hex digits of the SHA-256 of the mapping file
 */
public record MappingRef(String name, String contentHash) {}
