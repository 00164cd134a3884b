package io.stockhub.app.settings;

/**
 * A secret that was resolved from its reference. Never written anywhere: it prints as {@code ***}, and equality is by
 * identity so that nothing compares it by accident in variable time.
 */
public final class SecretValue {
    private final String value;

    private SecretValue(String value) {
        this.value = value;
    }

    public static SecretValue of(String value) {
        return new SecretValue(value);
    }

    /** The secret itself, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
