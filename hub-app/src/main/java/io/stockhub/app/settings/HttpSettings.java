package io.stockhub.app.settings;

/** Bounds of what callers may send, in bytes; larger bodies are refused with 413. */
public record HttpSettings(long maxJsonBytes, long maxEdiBytes) {
    public static final HttpSettings DEFAULTS = new HttpSettings(1L << 20, 50L << 20);
}
