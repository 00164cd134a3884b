package io.stockhub.app.security;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A caller whose key was found right; the key itself is not kept. */
final class CallerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private static final Map<Role, List<SimpleGrantedAuthority>> AUTHORITIES = Arrays.stream(Role.values())
            .collect(Collectors.toUnmodifiableMap(role -> role, role -> role.permissions().stream()
                    .map(permission -> new SimpleGrantedAuthority(permission.name()))
                    .toList()));

    private final Caller caller;

    CallerAuthentication(Caller caller) {
        super(AUTHORITIES.get(caller.role()));
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }
}
