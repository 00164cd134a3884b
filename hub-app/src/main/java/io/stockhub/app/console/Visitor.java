package io.stockhub.app.console;

import io.stockhub.app.security.Caller;
import io.stockhub.app.security.Permission;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;

/** Who looks at a page, as its header shows it. */
record Visitor(String name, String role, boolean mayReplay) {
    static Caller addTo(Model model, Authentication who) {
        Caller caller = (Caller) who.getPrincipal();
        model.addAttribute("visitor", new Visitor(caller.name(), caller.role().code(), caller.may(Permission.REPLAY)));
        return caller;
    }
}
