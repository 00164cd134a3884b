package io.stockhub.app.api;

import io.stockhub.routes.Inbox;
import io.stockhub.routes.Inbox.Filter;
import io.stockhub.routes.Inbox.LastFailure;
import io.stockhub.routes.Inbox.Message;
import io.stockhub.routes.Inbox.NotDone;
import io.stockhub.routes.Inbox.State;
import io.stockhub.routes.Inbox.Totals;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the messages are that came in, and that all of them are accounted for. */
@RestController
class InboxController {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1_000;
    private static final Set<String> PARAMETERS = Set.of("source", "state", "after", "limit");
    private static final Map<String, State> STATES =
            Arrays.stream(State.values()).collect(Collectors.toUnmodifiableMap(State::code, state -> state));

    private final Inbox inbox;

    InboxController(Inbox inbox) {
        this.inbox = inbox;
    }

    /**
     * {@code received = open + done + dead + discarded}, all of one moment.
     *
     * @param states how many are in each of the eight states; {@code received} here are those that were not tried yet
     */
    record TotalsView(
            long received,
            long open,
            long done,
            long dead,
            long discarded,
            Map<String, Long> states,
            @Nullable Instant oldestOpenSince,
            long unaccounted) {}

    record MessageView(
            String id,
            String flow,
            String source,
            String messageId,
            String lane,
            String state,
            Instant receivedAt,
            int attempts,
            @Nullable Instant nextAttemptAt,
            @Nullable String blockedBy,
            @Nullable LastFailure lastFailure,
            @Nullable String deadLetterId) {}

    /** {@code next} is the {@code after} of the next page; null on the last. */
    record Page(List<MessageView> messages, @Nullable String next) {}

    @GetMapping("/api/v1/inbox")
    TotalsView totals(HttpServletRequest request) {
        Query.of(request, Set.of(), Set.of());
        Totals totals = inbox.totals();
        NotDone notDone = totals.notDone();
        Map<String, Long> states = new LinkedHashMap<>();
        for (State state : State.values()) {
            states.put(state.code(), state == State.DONE ? totals.done() : notDone.in(state));
        }
        return new TotalsView(
                totals.received(),
                notDone.open(),
                totals.done(),
                notDone.dead(),
                notDone.discarded(),
                states,
                notDone.oldestOpenSince(),
                notDone.unaccounted());
    }

    @GetMapping("/api/v1/inbox/messages")
    Page messages(HttpServletRequest request) {
        Query query = Query.of(request, PARAMETERS, Set.of());
        Filter filter = new Filter(query.text("source"), state(query));
        Long after = query.positive("after");
        int limit = query.limit(LIMIT_DEFAULT, LIMIT_MAX);
        List<Message> found = inbox.messages(filter, after == null ? 0 : after, limit + 1);
        boolean more = found.size() > limit;
        List<Message> page = more ? found.subList(0, limit) : found;
        return new Page(
                page.stream().map(InboxController::view).toList(),
                more ? Long.toString(page.get(limit - 1).id()) : null);
    }

    private static @Nullable State state(Query query) {
        String text = query.text("state");
        if (text == null) {
            return null;
        }
        State state = STATES.get(text);
        if (state == null) {
            String known = Arrays.stream(State.values()).map(State::code).collect(Collectors.joining(", "));
            throw query.invalid("state", "\"" + text + "\" (expected: " + known + ")");
        }
        return state;
    }

    private static MessageView view(Message message) {
        return new MessageView(
                Long.toString(message.id()),
                message.flow(),
                message.source(),
                message.messageId(),
                message.lane(),
                message.state().code(),
                message.receivedAt(),
                message.attempts(),
                message.nextAttemptAt(),
                id(message.blockedBy()),
                message.lastFailure(),
                id(message.deadLetterId()));
    }

    private static @Nullable String id(@Nullable Long id) {
        return id == null ? null : Long.toString(id);
    }
}
