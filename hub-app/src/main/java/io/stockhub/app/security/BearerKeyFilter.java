package io.stockhub.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the key from {@code Authorization: Bearer KEY}. A wrong key is refused even where none is needed, so that a
 * typing error is seen at once. Such a request never opens or uses a session.
 */
final class BearerKeyFilter extends OncePerRequestFilter {
    private static final String SCHEME = "bearer ";

    private final ApiKeys keys;
    private final Refusals refusals;

    BearerKeyFilter(ApiKeys keys, Refusals refusals) {
        this.keys = keys;
        this.refusals = refusals;
    }

    /** Whether the request carries a key of its own; a browser cannot be made to send one from another site. */
    static boolean carriesKey(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // A channel's webhook may carry credentials of the channel's own; they are the connector's to judge.
        return !carriesKey(request) || request.getRequestURI().startsWith("/webhooks/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        Optional<Caller> caller = header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? keys.caller(header.substring(SCHEME.length()).trim())
                : Optional.empty();
        if (caller.isEmpty()) {
            SecurityContextHolder.clearContext();
            refusals.unauthorized(response, "The key is not one of ours. Send: Authorization: Bearer KEY");
            return;
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new CallerAuthentication(caller.get()));
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }
}
