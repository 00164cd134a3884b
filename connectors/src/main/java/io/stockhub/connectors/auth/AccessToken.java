package io.stockhub.connectors.auth;

import io.stockhub.connectors.Secret;

/**
 * A token in use.
 *
 * @param generation counts the tokens of an account, so that a refusal can be matched to the token that was refused
 * @param renewAtNanos on the monotonic clock
 */
record AccessToken(long generation, Secret value, long renewAtNanos) {}
