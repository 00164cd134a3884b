package io.stockhub.app.console;

import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.DeadLetters.Attempt;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.DeadLetters.Detail;
import io.stockhub.routes.Replays;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One dead letter: its payload and story. It is edited, sent again or discarded by itself. */
@Controller
class LetterPage {
    private final DeadLetters deadLetters;
    private final Replays replays;

    LetterPage(DeadLetters deadLetters, Replays replays) {
        this.deadLetters = deadLetters;
        this.replays = replays;
    }

    record Try(int attempt, String at, String code, String message) {
        static Try of(Attempt attempt) {
            return new Try(attempt.attempt(), Words.time(attempt.at()), attempt.code(), attempt.message());
        }
    }

    @GetMapping("/dead-letters/{id:[0-9]{1,18}}")
    String page(@PathVariable long id, Authentication who, Model model) {
        Visitor.addTo(model, who);
        Detail detail = find(id);
        DeadLetter letter = detail.deadLetter();
        model.addAttribute("letter", letter);
        model.addAttribute("where", Words.where(letter.flow(), letter.channel(), letter.stage()));
        model.addAttribute("firstFailed", Words.time(letter.firstFailedAt()));
        model.addAttribute("lastFailed", Words.time(letter.lastFailedAt()));
        model.addAttribute("causeHref", "/dead-letters/cause?id=" + Said.encode(letter.cause()));
        model.addAttribute("units", Words.number(detail.about().units()));
        model.addAttribute("money", Words.money(detail.about().money()));
        model.addAttribute("closedBy", detail.about().closedBy());
        model.addAttribute("closedReason", detail.about().closedReason());
        model.addAttribute("mapping", detail.mapping());
        model.addAttribute("payload", Payload.of(detail.payload()));
        model.addAttribute("editable", isMessage(letter));
        model.addAttribute("tries", detail.history().stream().map(Try::of).toList());
        return "letter";
    }

    /** Only what came in as a message can be changed; a stock number is always today's. */
    private static boolean isMessage(DeadLetter letter) {
        return letter.flow().equals("orders-in") || letter.flow().equals("receipts-in");
    }

    private Detail find(long id) {
        return deadLetters
                .get(id)
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no dead letter " + id + "."));
    }

    @PostMapping("/dead-letters/{id:[0-9]{1,18}}/replay")
    String replay(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String payload,
            Authentication who,
            RedirectAttributes next) {
        try {
            String edited = Said.orNull(payload);
            long replay = replays.start(new Replays.Request(
                    List.of(id),
                    null,
                    false,
                    edited == null ? null : edited.getBytes(StandardCharsets.UTF_8),
                    Reasons.require(reason),
                    Visitor.of(who).name()));
            return "redirect:/replays/" + replay;
        } catch (IllegalArgumentException refused) {
            Said.refused(next, Said.plain(refused), reason);
            next.addFlashAttribute("typedPayload", payload);
            return "redirect:/dead-letters/" + id;
        }
    }

    @PostMapping("/dead-letters/{id:[0-9]{1,18}}/discard")
    String discard(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            RedirectAttributes next) {
        try {
            Reasons.tell(
                    deadLetters.discard(
                            List.of(id),
                            null,
                            Reasons.require(reason),
                            Visitor.of(who).name()),
                    next);
        } catch (IllegalArgumentException refused) {
            Said.refused(next, Said.plain(refused), reason);
        }
        return "redirect:/dead-letters/" + id;
    }
}
