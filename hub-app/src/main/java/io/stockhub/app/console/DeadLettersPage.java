package io.stockhub.app.console;

import io.stockhub.app.security.Caller;
import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.DeadLetters.CauseGroup;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.DeadLetters.Filter;
import io.stockhub.routes.Replays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Open dead letters by cause; who may, sends a whole cause again with one button. */
@Controller
class DeadLettersPage {
    private static final int LETTERS_SHOWN = 500;

    private final DeadLetters deadLetters;
    private final Replays replays;

    DeadLettersPage(DeadLetters deadLetters, Replays replays) {
        this.deadLetters = deadLetters;
        this.replays = replays;
    }

    record Group(CauseGroup cause, String firstSeen, String lastSeen, List<DeadLetter> letters) {}

    record Outcome(boolean running, long finished, long total, Map<String, Long> counts) {}

    @GetMapping("/dead-letters")
    String page(@RequestParam(required = false) @Nullable String replay, Authentication who, Model model) {
        Visitor.addTo(model, who);
        Map<String, List<DeadLetter>> letters = deadLetters.list(Filter.OPEN, null, LETTERS_SHOWN).stream()
                .collect(Collectors.groupingBy(DeadLetter::cause, LinkedHashMap::new, Collectors.toList()));
        model.addAttribute(
                "groups",
                deadLetters.byCause(Filter.OPEN).stream()
                        .map(cause -> new Group(
                                cause,
                                ChannelCard.time(cause.firstSeen()),
                                ChannelCard.time(cause.lastSeen()),
                                letters.getOrDefault(cause.cause(), List.of())))
                        .toList());
        model.addAttribute("replay", outcome(replay));
        return "dead-letters";
    }

    @PostMapping("/dead-letters/replay")
    String replay(@RequestParam String cause, Authentication who) {
        Caller caller = (Caller) who.getPrincipal();
        Filter filter = new Filter(null, cause, null, null, Filter.OPEN.state());
        long id = replays.start(
                new Replays.Request(List.of(), filter, false, null, "sent again in the console", caller.name()));
        return "redirect:/dead-letters?replay=" + id;
    }

    private @Nullable Outcome outcome(@Nullable String replay) {
        if (replay == null || !replay.matches("[0-9]{1,18}")) {
            return null;
        }
        return replays.progress(Long.parseLong(replay))
                .map(DeadLettersPage::outcome)
                .orElse(null);
    }

    private static Outcome outcome(Replays.Progress progress) {
        Map<String, Long> counts = new TreeMap<>();
        progress.items().stream()
                .filter(item -> item.outcome() != null)
                .forEach(item -> counts.merge(item.outcome().replace('-', ' '), 1L, Long::sum));
        return new Outcome(
                progress.job().state().equals("running"),
                progress.job().finished(),
                progress.job().total(),
                counts);
    }
}
