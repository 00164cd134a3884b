package io.stockhub.app.security;

import java.io.Serializable;
import org.springframework.security.core.AuthenticatedPrincipal;

/** Who asks: the name of the key and its role. Holds nothing secret. */
public record Caller(String name, Role role) implements AuthenticatedPrincipal, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String getName() {
        return name;
    }

    public boolean may(Permission permission) {
        return role.permissions().contains(permission);
    }
}
