package io.stockhub.app.security;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Signs a browser in by a key alone; what comes back does not hold the key. */
final class KeySignIn implements AuthenticationProvider {
    private final ApiKeys keys;

    KeySignIn(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        Object key = presented.getCredentials();
        return keys.caller(key == null ? "" : key.toString().trim())
                .map(CallerAuthentication::new)
                .orElseThrow(() -> new BadCredentialsException("not one of our keys"));
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
