package io.stockhub.connectors;

import java.util.Objects;

/**
 * A password, key or token: printed as {@code ***} wherever it ends up by mistake, readable only by {@link #reveal()}.
 */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** @param value the secret in clear; may be empty, never null */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value in clear. Call it where the secret is used, and keep the result in a local variable. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
