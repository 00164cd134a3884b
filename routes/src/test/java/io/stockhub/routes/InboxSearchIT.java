package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.routes.Inbox.Life;
import io.stockhub.routes.Inbox.Message;
import io.stockhub.routes.Inbox.State;
import io.stockhub.routes.inbox.InboxLife;
import io.stockhub.routes.inbox.InboxMessage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Finding one message among many, and telling its life. */
class InboxSearchIT {
    private RoutesFixture hub;
    private Inbox inbox;

    @BeforeEach
    void startHub() {
        hub = new RoutesFixture();
        hub.sku("MUG");
        hub.sku("TEE");
        hub.stock("MUG", 1);
        hub.stock("TEE", 10);
        inbox = new InboxLife(hub.jdbc);
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private List<String> found(String text) {
        return inbox.search(text, null, 100).stream().map(Message::messageId).toList();
    }

    private void arrives(String source, String messageId, String orderRef) {
        hub.inbox.add(new InboxMessage(
                InboxMessage.Flow.ORDERS_IN,
                source,
                messageId,
                orderRef,
                "acme/order",
                "application/json",
                CanonicalOrder.open(orderRef, "TEE*1").bytes()));
    }

    @Test
    void aMessageIsFoundByItsIdsAndByItsOrderWhereverItCameFrom() {
        for (String source : List.of("a-shop", "shop", "z-shop")) {
            arrives(source, "m-1-" + source, "1001");
        }
        arrives("shop", "m-2", "1002");
        assertThat(found("m-2")).containsExactly("m-2");
        assertThat(found("1001")).as("newest first").containsExactly("m-1-z-shop", "m-1-shop", "m-1-a-shop");
        long id = inbox.search("m-2", null, 1).getFirst().id();
        assertThat(found(Long.toString(id))).containsExactly("m-2");
        assertThat(found("100")).as("names are whole").isEmpty();
    }

    @Test
    void anOrderIsFoundByItsSkuAlsoWhenItGotNothingOrFailed() {
        hub.arrives("m-1", CanonicalOrder.open("1001", "TEE*1"));
        hub.arrives("m-2", CanonicalOrder.open("1002", "MUG*1"));
        hub.arrives("m-3", CanonicalOrder.open("1003", "MUG*5"));
        hub.arrives("m-4", CanonicalOrder.open("1004", "NEW*1"));
        hub.work();
        assertThat(found("MUG")).containsExactly("m-3", "m-2");
        assertThat(found("NEW")).containsExactly("m-4");
        assertThat(found("NOBODY")).isEmpty();
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        hub.arrives("m-1", CanonicalOrder.open("1001", "TEE*1"));
        hub.arrives("m-2", CanonicalOrder.open("1001", "TEE*1").older());
        hub.arrives("m-3", CanonicalOrder.open("1001", "TEE*1").cancelled());
        List<Message> first = inbox.search("1001", null, 2);
        assertThat(first).extracting(Message::messageId).containsExactly("m-3", "m-2");
        assertThat(inbox.search("1001", first.getLast().id(), 2))
                .extracting(Message::messageId)
                .containsExactly("m-1");
    }

    @Test
    void aLifeTellsEachTryAndHowItEnded() {
        hub.mappings.fail("1001", TransientFailures.busy());
        hub.arrives("m-1", CanonicalOrder.open("1001", "TEE*1"));
        hub.work();
        long id = inbox.search("m-1", null, 1).getFirst().id();
        Life waiting = inbox.life(id).orElseThrow();
        assertThat(waiting.message().state()).isEqualTo(State.RETRYING);
        assertThat(waiting.failures()).extracting(DeadLetters.Attempt::code).containsExactly("channel.busy");
        assertThat(waiting.doneAt()).isNull();

        hub.later();
        hub.work();
        Life done = inbox.life(id).orElseThrow();
        assertThat(done.message().state()).isEqualTo(State.DONE);
        assertThat(done.outcome()).isEqualTo("applied");
        assertThat(done.doneAt()).isAfterOrEqualTo(done.failures().getFirst().at());
        assertThat(inbox.life(id + 1)).isEmpty();
    }
}
