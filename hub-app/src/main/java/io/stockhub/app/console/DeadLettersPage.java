package io.stockhub.app.console;

import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.DeadLetters.CauseGroup;
import io.stockhub.routes.DeadLetters.Filter;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Open dead letters by cause: what went wrong, where, and what is at stake. */
@Controller
class DeadLettersPage {
    /** As many as the hub groups. */
    private static final int CAUSES_MAX = 200;

    private final DeadLetters deadLetters;

    DeadLettersPage(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    @GetMapping("/dead-letters")
    String page(
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String order,
            Authentication who,
            Model model) {
        Visitor.addTo(model, who);
        boolean newest = "newest".equals(order);
        Comparator<CauseGroup> first = newest ? Stake.NEWEST : Stake.MOST;
        String only = Said.orNull(channel);
        List<CauseGroup> found = deadLetters.byCause(new Filter(only, null, null, null, Filter.OPEN.state()));
        model.addAttribute("causes", found.stream().sorted(first).map(Stake::of).toList());
        model.addAttribute(
                "messages",
                Words.count(found.stream().mapToLong(CauseGroup::count).sum(), "message", "messages"));
        model.addAttribute("full", found.size() >= CAUSES_MAX);
        model.addAttribute("newest", newest);
        model.addAttribute("channel", only);
        String kept = only == null ? "" : "channel=" + Said.encode(only) + "&";
        model.addAttribute("mostHref", "/dead-letters?" + kept + "order=stake");
        model.addAttribute("newestHref", "/dead-letters?" + kept + "order=newest");
        return "dead-letters";
    }
}
