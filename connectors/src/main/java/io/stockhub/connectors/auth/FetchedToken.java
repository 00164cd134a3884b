package io.stockhub.connectors.auth;

import io.stockhub.connectors.Secret;
import java.time.Duration;

/** A token as the system gave it, and how long it said that it is good for. */
public record FetchedToken(Secret value, Duration lifetime) {}
