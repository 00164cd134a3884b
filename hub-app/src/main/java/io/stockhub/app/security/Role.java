package io.stockhub.app.security;

import static io.stockhub.app.security.Permission.EDI;
import static io.stockhub.app.security.Permission.MASTER_DATA;
import static io.stockhub.app.security.Permission.MOVE_STOCK;
import static io.stockhub.app.security.Permission.READ;
import static io.stockhub.app.security.Permission.REPLAY;
import static io.stockhub.app.security.Permission.RESERVE;
import static io.stockhub.app.security.Permission.RULES;
import static io.stockhub.app.security.Permission.SYNC;
import static io.stockhub.app.security.Permission.UNDO;

import java.util.Locale;
import java.util.Set;

/** The roles that a key can have. The list is closed; each is a set of permissions. */
public enum Role {
    ADMIN(Set.of(Permission.values())),
    OPERATIONS(Set.of(READ, MOVE_STOCK, RESERVE, REPLAY, UNDO, SYNC, EDI)),
    WAREHOUSE(Set.of(READ, MOVE_STOCK, EDI)),
    PLANNER(Set.of(READ, MASTER_DATA, RULES)),
    FINANCE(Set.of(READ)),
    VIEWER(Set.of(READ));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = permissions;
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** Name in {@code stockhub.yaml}, for example {@code operations}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when {@code code} is none of ours */
    public static Role of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
