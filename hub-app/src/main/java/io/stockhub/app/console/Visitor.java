package io.stockhub.app.console;

import io.stockhub.app.security.Caller;
import io.stockhub.app.security.Permission;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;

/** Who looks at a page, as its header shows it, and what this role may do on it. */
record Visitor(String name, String role, boolean mayReplay, boolean maySync) {
    static Caller addTo(Model model, Authentication who) {
        Caller caller = of(who);
        model.addAttribute(
                "visitor",
                new Visitor(
                        caller.name(),
                        caller.role().code(),
                        caller.may(Permission.REPLAY),
                        caller.may(Permission.SYNC)));
        return caller;
    }

    static Caller of(Authentication who) {
        return (Caller) who.getPrincipal();
    }
}
