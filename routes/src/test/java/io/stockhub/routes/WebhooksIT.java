package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.routes.Webhooks.Reception;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call of a channel is checked, stored and answered; the same call again is one message. */
class WebhooksIT {
    private static final CanonicalOrder ORDER = CanonicalOrder.open("1001", "MUG*1");

    private RoutesFixture hub = new RoutesFixture();

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private Reception call(String id, byte[] body) {
        return hub.webhooks.receive("shop", Map.of("x-signature", "right", "x-id", id), body);
    }

    private Reception call(String id, String body) {
        return call(id, body.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> lanes() {
        return hub.jdbc
                .sql("select lane from inbox order by inbox_id")
                .query(String.class)
                .list();
    }

    @Test
    void theSameCallTwiceIsOneMessage() {
        assertThat(call("d-1", ORDER.bytes())).isEqualTo(new Reception.Stored(false));
        assertThat(call("d-1", ORDER.bytes())).isEqualTo(new Reception.Stored(true));
        assertThat(hub.states()).containsExactly("received");
    }

    @Test
    void theBodyIsKeptByteByByte() {
        byte[] body = (" " + ORDER.json() + "\r\n").getBytes(StandardCharsets.UTF_8);
        call("d-1", body);
        assertThat(hub.inbox.find(1).orElseThrow().message().payload()).isEqualTo(body);
    }

    @Test
    void callsAboutOneOrderKeepTheirOrder() {
        call("d-1", ORDER.bytes());
        call("d-2", ORDER.cancelled().bytes());
        call("d-3", CanonicalOrder.open("1002", "MUG*1").bytes());
        assertThat(lanes()).containsExactly("1001", "1001", "1002");
    }

    @Test
    void aCallThatDoesNotSayWhatItIsAboutStandsAlone() {
        call("d-1", "{}");
        call("d-2", "{\"orderRef\":null}");
        call("d-3", "{\"orderRef\":{\"deep\":1}}");
        call("d-4", "{\"orderRef\":4503599627370497}");
        assertThat(lanes()).containsExactly("d-1", "d-2", "d-3", "4503599627370497");
    }

    @Test
    void withoutAKeyPointerEveryCallStandsAlone() {
        hub.close();
        hub = new RoutesFixture(TestChannel.plain().withoutKeyPointer());
        call("d-1", ORDER.bytes());
        call("d-2", ORDER.bytes());
        assertThat(lanes()).containsExactly("d-1", "d-2");
    }

    @Test
    void aCallWhoseSignatureIsWrongLeavesNothing() {
        Reception answer = hub.webhooks.receive("shop", Map.of("x-signature", "wrong", "x-id", "d-1"), ORDER.bytes());
        assertThat(answer).isInstanceOf(Reception.Refused.class);
        assertThat(hub.states()).isEmpty();
    }

    @Test
    void aCallAboutSomethingElseIsAnsweredAndNotStored() {
        Map<String, String> headers = Map.of("x-signature", "right", "x-id", "d-1", "x-topic", "weather");
        assertThat(hub.webhooks.receive("shop", headers, ORDER.bytes())).isEqualTo(new Reception.Stored(false));
        assertThat(hub.states()).isEmpty();
    }

    @Test
    void whatIsNotAJsonObjectIsUnreadable() {
        for (String body : List.of("", "{", "[]", "1", "{} {}", "null")) {
            assertThat(call("d-1", body)).as(body).isInstanceOf(Reception.Unreadable.class);
        }
        assertThat(hub.states()).isEmpty();
    }

    @Test
    void aChannelThatNobodyKnowsIsSaidToBe() {
        assertThat(hub.webhooks.receive("other", Map.of(), ORDER.bytes()))
                .isEqualTo(new Reception.UnknownChannel("other"));
    }

    @Test
    void aCallThatCannotBeStoredIsNotAnswered() {
        hub.dataSource.breakOnce("insert into inbox");
        assertThatThrownBy(() -> call("d-1", ORDER.bytes())).isInstanceOf(RuntimeException.class);
        assertThat(call("d-1", ORDER.bytes())).isEqualTo(new Reception.Stored(false));
    }

    @Test
    void aNameThatTheDatabaseCannotKeepDoesNotKeepACallFromBeingStored() {
        assertThat(call("d-1", "{\"orderRef\":\"a\\u0000b\"}")).isEqualTo(new Reception.Stored(false));
    }
}
