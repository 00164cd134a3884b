package io.stockhub.app.console;

import io.stockhub.routes.DeadLetters.Attempt;
import io.stockhub.routes.Inbox;
import io.stockhub.routes.Inbox.Filter;
import io.stockhub.routes.Inbox.Life;
import io.stockhub.routes.Inbox.Message;
import io.stockhub.routes.Inbox.NotDone;
import io.stockhub.routes.Inbox.State;
import io.stockhub.routes.Inbox.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What came in, that all of it is accounted for, and the life of one message. */
@Controller
class InboxPages {
    private static final int MESSAGES_SHOWN = 50;
    private static final int SEARCH_MAX = 250;

    private final Inbox inbox;

    InboxPages(Inbox inbox) {
        this.inbox = inbox;
    }

    /** How many are in a state, and the list of them. */
    record Counted(String state, String number, String meaning, String href, boolean current) {}

    record Row(String id, String href, String flow, String source, String lane, String state, String receivedAt) {
        static Row of(Message message) {
            return new Row(
                    Long.toString(message.id()),
                    "/inbox/" + message.id(),
                    message.flow().equals("orders-in") ? "order" : "receipt",
                    message.source(),
                    message.lane(),
                    message.state().code(),
                    Words.time(message.receivedAt()));
        }
    }

    /** @param tone as in {@link ChannelCard} */
    record Event(String at, String what, @Nullable String more, String tone) {}

    @GetMapping("/inbox")
    String page(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(required = false) @Nullable Long before,
            Authentication who,
            Model model) {
        Visitor.addTo(model, who);
        String query = Said.orNull(q);
        if (query != null && query.length() > SEARCH_MAX) {
            query = query.substring(0, SEARCH_MAX);
        }
        State chosen = state(state);
        // Counting reads every dead message: not for who looks for one, or turns a page.
        if (query == null && after == null) {
            addTotals(model, chosen);
        }
        List<Message> found = query == null
                ? inbox.messages(new Filter(null, chosen), after == null ? 0 : after, MESSAGES_SHOWN + 1)
                : inbox.search(query, before, MESSAGES_SHOWN + 1);
        List<Row> rows = found.stream().limit(MESSAGES_SHOWN).map(Row::of).toList();
        model.addAttribute("query", query);
        model.addAttribute("state", chosen == null ? null : chosen.code());
        model.addAttribute("rows", rows);
        model.addAttribute("nextHref", found.size() > MESSAGES_SHOWN ? next(query, chosen, rows.getLast()) : null);
        return "inbox";
    }

    private static String next(@Nullable String query, @Nullable State state, Row last) {
        if (query != null) {
            return "/inbox?q=" + Said.encode(query) + "&before=" + last.id();
        }
        return "/inbox?" + (state == null ? "" : "state=" + state.code() + "&") + "after=" + last.id();
    }

    private static @Nullable State state(@Nullable String text) {
        return Arrays.stream(State.values())
                .filter(state -> state.code().equals(text))
                .findFirst()
                .orElse(null);
    }

    private void addTotals(Model model, @Nullable State chosen) {
        Totals totals = inbox.totals();
        NotDone notDone = totals.notDone();
        model.addAttribute("received", Words.number(totals.received()));
        model.addAttribute("openCount", Words.number(notDone.open()));
        model.addAttribute("done", Words.number(totals.done()));
        model.addAttribute("dead", Words.number(notDone.dead()));
        model.addAttribute("discarded", Words.number(notDone.discarded()));
        model.addAttribute("unaccounted", notDone.unaccounted());
        model.addAttribute("oldest", notDone.oldestOpenSince() == null ? null : Words.time(notDone.oldestOpenSince()));
        List<Counted> states = new ArrayList<>();
        for (State state : State.values()) {
            long number = state == State.DONE ? totals.done() : notDone.in(state);
            states.add(new Counted(
                    state.code(),
                    Words.number(number),
                    meaning(state),
                    "/inbox?state=" + state.code() + "#messages",
                    state == chosen));
        }
        model.addAttribute("states", states);
    }

    private static String meaning(State state) {
        return switch (state) {
            case RECEIVED -> "stored, not tried yet";
            case WAITING -> "an earlier message about the same goes first";
            case RUNNING -> "in hand now";
            case RETRYING -> "failed and may pass; tried again by itself";
            case BLOCKED -> "an earlier one about the same failed and is tried again first";
            case DONE -> "took effect, or needed none";
            case DEAD -> "given up; an open dead letter";
            case DISCARDED -> "somebody decided that it has no effect";
        };
    }

    @GetMapping("/inbox/{id:[0-9]{1,18}}")
    String message(@PathVariable long id, Authentication who, Model model) {
        Visitor.addTo(model, who);
        Life life = inbox.life(id)
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no message " + id + "."));
        Message message = life.message();
        model.addAttribute("message", message);
        model.addAttribute("row", Row.of(message));
        model.addAttribute("meaning", meaning(message.state()));
        model.addAttribute("events", events(life));
        model.addAttribute("laneHref", "/inbox?q=" + Said.encode(message.lane()));
        model.addAttribute(
                "oversoldHref",
                message.flow().equals("orders-in") && message.state() == State.DONE
                        ? "/why-oversold?order=" + Said.encode(message.lane()) + "&channel="
                                + Said.encode(message.source())
                        : null);
        return "message";
    }

    private static List<Event> events(Life life) {
        Message message = life.message();
        List<Event> events = new ArrayList<>();
        events.add(new Event(Words.moment(message.receivedAt()), "Received from " + message.source(), null, "good"));
        for (Attempt failure : life.failures()) {
            events.add(new Event(
                    Words.moment(failure.at()),
                    "Try " + failure.attempt() + " failed (" + failure.code() + ")",
                    failure.message(),
                    "bad"));
        }
        Event last = last(life);
        if (last != null) {
            events.add(last);
        }
        return events;
    }

    private static @Nullable Event last(Life life) {
        Message message = life.message();
        return switch (message.state()) {
            case DONE -> new Event(Words.moment(life.doneAt()), "Done: " + done(life.outcome()), null, "good");
            case RETRYING -> {
                Instant next = message.nextAttemptAt();
                yield new Event(Words.moment(next), "Tried again then, by itself", null, "busy");
            }
            case BLOCKED -> new Event("now", "Blocked: message " + message.blockedBy() + " goes first", null, "busy");
            case RECEIVED, WAITING, RUNNING ->
                new Event("now", capital(message.state().code()), meaning(message.state()), "busy");
            case DEAD -> new Event("since then", "Given up: it is a dead letter", null, "bad");
            case DISCARDED -> new Event("since then", "Discarded: it has no effect", null, "busy");
        };
    }

    private static String done(@Nullable String outcome) {
        return outcome == null ? "handled" : Words.outcome(outcome);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
