package io.stockhub.app.settings;

/** An API key: {@code name} is who the books say did it, {@code role} one of the roles in the schema. */
public record KeySettings(String name, String role, SecretValue key) {}
