package io.stockhub.app.settings;

import org.jspecify.annotations.Nullable;

/** Your own PostgreSQL: {@code url} is a JDBC URL; null where the URL or the driver's own means say it. */
public record DatabaseSettings(String url, @Nullable String user, @Nullable SecretValue password) {}
