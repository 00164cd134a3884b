package io.stockhub.app.console;

import io.stockhub.routes.Replays;
import io.stockhub.routes.Replays.Job;
import java.math.BigDecimal;
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

/** Replays and previews: what runs and ran, how far each is, and holding it up. */
@Controller
class ReplayPages {
    private static final int JOBS_SHOWN = 30;
    private static final int ITEMS_SHOWN = 1_000;
    /** Of a replay that still moves: it is read every second. */
    private static final int ITEMS_LIVE = 100;

    private final Replays replays;

    ReplayPages(Replays replays) {
        this.replays = replays;
    }

    record Head(
            String href,
            long id,
            String kind,
            String state,
            String done,
            String failed,
            String by,
            String at,
            @Nullable String ended,
            @Nullable String rate,
            @Nullable String changedBy,
            @Nullable String reason) {
        static Head of(Job job) {
            BigDecimal rate = job.rate();
            return new Head(
                    "/replays/" + job.replayId(),
                    job.replayId(),
                    job.dryRun() ? "Preview" : "Replay",
                    job.state(),
                    Words.number(job.finished()) + " of " + Words.number(job.total()),
                    Words.number(job.counts().getOrDefault("failed", 0L)),
                    job.requestedBy(),
                    Words.time(job.requestedAt()),
                    job.endedAt() == null ? null : Words.time(job.endedAt()),
                    rate == null ? null : rate.stripTrailingZeros().toPlainString(),
                    job.changedBy(),
                    job.reason());
        }
    }

    @GetMapping("/replays")
    String list(@RequestParam(required = false) @Nullable Long before, Authentication who, Model model) {
        Visitor.addTo(model, who);
        List<Job> found = replays.list(before, JOBS_SHOWN + 1);
        List<Head> page = found.stream().limit(JOBS_SHOWN).map(Head::of).toList();
        model.addAttribute("jobs", page);
        model.addAttribute(
                "nextHref",
                found.size() > JOBS_SHOWN ? "/replays?before=" + page.getLast().id() : null);
        return "replays";
    }

    @GetMapping("/replays/{id:[0-9]{1,18}}")
    String page(@PathVariable long id, Authentication who, Model model) {
        Visitor.addTo(model, who);
        Replays.Progress progress = find(id);
        model.addAttribute("job", Head.of(progress.job()));
        model.addAttribute("part", part(progress, ITEMS_SHOWN));
        return "replay";
    }

    /** The part that moves. */
    @GetMapping("/replays/{id:[0-9]{1,18}}/progress")
    String progress(@PathVariable long id, @RequestParam(defaultValue = "1000") int most, Model model) {
        model.addAttribute("part", part(find(id), Math.clamp(most, 1, ITEMS_SHOWN)));
        return "replay :: progress";
    }

    private static ReplayPart part(Replays.Progress progress, int most) {
        boolean moves = progress.job().state().equals("running");
        return ReplayPart.of(progress, moves ? Math.min(most, ITEMS_LIVE) : most);
    }

    private Replays.Progress find(long id) {
        return replays.progress(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no replay " + id + "."));
    }

    @PostMapping("/replays/{id:[0-9]{1,18}}/pause")
    String pause(@PathVariable long id, Authentication who, RedirectAttributes next) {
        return change(id, Replays.Act.PAUSE, who, next);
    }

    @PostMapping("/replays/{id:[0-9]{1,18}}/resume")
    String resume(@PathVariable long id, Authentication who, RedirectAttributes next) {
        return change(id, Replays.Act.RESUME, who, next);
    }

    @PostMapping("/replays/{id:[0-9]{1,18}}/cancel")
    String cancel(@PathVariable long id, Authentication who, RedirectAttributes next) {
        return change(id, Replays.Act.CANCEL, who, next);
    }

    private String change(long id, Replays.Act act, Authentication who, RedirectAttributes next) {
        try {
            if (replays.change(id, act, Visitor.of(who).name()).isEmpty()) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no replay " + id + ".");
            }
        } catch (IllegalStateException over) {
            Said.refused(next, String.valueOf(over.getMessage()), null);
        }
        return "redirect:/replays/" + id;
    }
}
