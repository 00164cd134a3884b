package io.stockhub.app.console;

import io.stockhub.app.console.StockTable.View;
import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The first page: channels and stock, and the stream that keeps it live. */
@Controller
class StockPage {
    private final ConsoleReads reads;
    private final LivePages live;

    StockPage(ConsoleReads reads, LivePages live) {
        this.reads = reads;
        this.live = live;
    }

    @GetMapping("/login")
    String login() {
        return "login";
    }

    @GetMapping("/")
    String page(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String after,
            Authentication who,
            Model model) {
        View view = View.of(q, after);
        ConsoleReads.Overview overview = reads.overview();
        Visitor.addTo(model, who);
        model.addAllAttributes(ConsoleReads.model(overview, reads.table(view, overview)));
        model.addAttribute("view", view);
        return "console";
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String after,
            HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        SseEmitter stream = live.open(View.of(q, after), session == null ? null : session.getId())
                .orElseThrow(() -> Problem.of(ProblemType.UNAVAILABLE, "Too many open pages. Reload later.")
                        .asException());
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no")
                .body(stream);
    }
}
