package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.FakeInbox;
import io.stockhub.app.WebTest;
import io.stockhub.routes.Inbox.Filter;
import io.stockhub.routes.Inbox.LastFailure;
import io.stockhub.routes.Inbox.Message;
import io.stockhub.routes.Inbox.NotDone;
import io.stockhub.routes.Inbox.State;
import io.stockhub.routes.Inbox.Totals;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class InboxTest extends WebTest {
    private static final String MESSAGES = "/api/v1/inbox/messages";
    private static final Instant NOON = Instant.parse("2026-09-04T12:00:00Z");

    @Autowired
    private FakeInbox inbox;

    @BeforeEach
    void twoMessagesOfOneOrder() {
        inbox.reset();
        inbox.totals = new Totals(100, new NotDone(1, 2, 3, 4, 5, 6, 7, 8, NOON));
        inbox.messages.add(message(7, State.RETRYING, NOON, null));
        inbox.messages.add(message(9, State.BLOCKED, null, 7L));
    }

    private static Message message(long id, State state, Instant next, Long blockedBy) {
        LastFailure failure = next == null ? null : new LastFailure("channel.busy", "busy");
        return new Message(id, "orders-in", "shop", "m-" + id, "1001", state, NOON, 0, next, blockedBy, failure, null);
    }

    @Test
    void theTotalsAddUp() {
        assertThat(get("viewer", "/api/v1/inbox").body())
                .isEqualTo(
                        "{\"received\":100,\"open\":15,\"done\":72,\"dead\":6,\"discarded\":7,\"states\":{"
                                + "\"received\":1,\"waiting\":2,\"running\":3,\"retrying\":4,\"blocked\":5,\"done\":72,"
                                + "\"dead\":6,\"discarded\":7},\"oldestOpenSince\":\"2026-09-04T12:00:00Z\",\"unaccounted\":8}");
        assertProblem(get("viewer", "/api/v1/inbox?state=done"), 422, "invalid-field", "state");
    }

    @Test
    void eachMessageSaysWhenItIsTriedAgainOrWhatBlocksIt() {
        JsonNode page = json(get("viewer", MESSAGES));
        assertThat(page.at("/messages/0").toString())
                .isEqualTo("{\"id\":\"7\",\"flow\":\"orders-in\",\"source\":\"shop\",\"messageId\":\"m-7\","
                        + "\"lane\":\"1001\",\"state\":\"retrying\",\"receivedAt\":\"2026-09-04T12:00:00Z\","
                        + "\"attempts\":0,\"nextAttemptAt\":\"2026-09-04T12:00:00Z\",\"blockedBy\":null,"
                        + "\"lastFailure\":{\"code\":\"channel.busy\",\"message\":\"busy\"},\"deadLetterId\":null}");
        assertThat(page.at("/messages/1/blockedBy").asText()).isEqualTo("7");
        assertThat(page.get("next").isNull()).isTrue();
    }

    @Test
    void theNextPageBeginsWhereThisOneEnds() {
        String next = json(get("viewer", MESSAGES + "?limit=1")).get("next").asText();
        JsonNode second = json(get("viewer", MESSAGES + "?source=shop&state=blocked&limit=1&after=" + next));
        assertThat(second.at("/messages/0/id").asText()).isEqualTo("9");
        assertThat(inbox.asked)
                .containsExactly(
                        List.of(new Filter(null, null), 0L, 2), List.of(new Filter("shop", State.BLOCKED), 7L, 2));
    }

    @Test
    void whatIsNotUnderstoodIsRefusedByName() {
        assertProblem(get("viewer", MESSAGES + "?state=stuck"), 422, "invalid-field", "state");
        assertProblem(get("viewer", MESSAGES + "?state=DONE"), 422, "invalid-field", "state");
        assertProblem(get("viewer", MESSAGES + "?after=x"), 422, "invalid-field", "after");
        assertProblem(get("viewer", MESSAGES + "?limit=1001"), 422, "invalid-field", "limit");
        assertProblem(get("viewer", MESSAGES + "?channel=shop"), 422, "invalid-field", "channel");
        assertThat(inbox.asked).isEmpty();
    }

    @Test
    void metricsHaveAGaugeForEachState() {
        String metrics = get("viewer", "/actuator/prometheus").body();
        for (State state : State.values()) {
            assertThat(metrics).contains("stockhub_inbox_messages{state=\"" + state.code() + "\"} ");
        }
        assertThat(metrics).contains("stockhub_inbox_unaccounted ");
    }
}
