/**
 * Proves to a system who we are: access tokens, fetched by one caller at a time, and the headers that carry them.
 * Secrets enter a request inside the HTTP client, so that no message or route ever holds them.
 */
@NullMarked
package io.stockhub.connectors.auth;

import org.jspecify.annotations.NullMarked;
