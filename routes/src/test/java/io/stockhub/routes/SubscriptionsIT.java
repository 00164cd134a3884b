package io.stockhub.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Request;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.stockhub.connectors.Secret;
import io.stockhub.connectors.outbound.AddressRules;
import io.stockhub.connectors.outbound.GuardedHttp;
import io.stockhub.routes.Subscriptions.Subscription;
import io.stockhub.routes.Subscriptions.WithSecret;
import io.stockhub.routes.events.EventFeed;
import io.stockhub.routes.events.EventFeeder;
import io.stockhub.routes.outbound.Deliverer;
import io.stockhub.routes.outbound.DeliveryStore;
import io.stockhub.routes.subscriptions.SecretKey;
import io.stockhub.routes.subscriptions.SubscriptionDesk;
import io.stockhub.stock.jdbc.Sealer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Systems follow stock: signed, in order, and whoever is down holds up nobody else. */
class SubscriptionsIT {
    private final RoutesFixture hub = new RoutesFixture();
    private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
    private final GuardedHttp http =
            new GuardedHttp(AddressRules.allowing(List.of("127.0.0.1/32")), Duration.ofSeconds(30));
    private final SubscriptionDesk desk = desk("a-key-of-the-settings-of-this-installation");
    private final EventFeeder feeder =
            new EventFeeder(hub.jdbc, hub.transaction, hub.stock.queries(), Duration.ofDays(7), () -> {});

    @BeforeEach
    void start() {
        server.start();
        answers("/in", 204);
        hub.sku("MUG");
        hub.sku("TEE");
    }

    @AfterEach
    void stop() {
        server.stop();
        http.close();
        hub.close();
    }

    private SubscriptionDesk desk(String key) {
        return new SubscriptionDesk(
                hub.jdbc,
                new EventFeed(hub.jdbc),
                http,
                new SecretKey(Secret.of(key)),
                InstantSource.system(),
                () -> {});
    }

    private void answers(String path, int status) {
        server.stubFor(post(urlEqualTo(path)).willReturn(aResponse().withStatus(status)));
    }

    private WithSecret subscribe(String path, String... types) {
        return desk.create(server.baseUrl().replace("localhost", "127.0.0.1") + path, List.of(types), "anna");
    }

    private void changed(String sku, long quantity) {
        hub.stock(sku, quantity);
        Sealer sealer = new Sealer(hub.dataSource);
        long last = hub.jdbc
                .sql("select last_value from ledger_sequence")
                .query(Long.class)
                .single();
        while (hub.jdbc.sql("select sealed_to from seal_head").query(Long.class).single() < last) {
            sealer.step();
        }
        while (feeder.step().isZero()) {}
    }

    private void send(SubscriptionDesk from) {
        while (from.step().isZero()) {}
        Deliverer deliverer =
                new Deliverer(new DeliveryStore(hub.jdbc), from::receiver, Runnable::run, Deliverer.BACKOFF, () -> {});
        for (int i = 0; i < 5; i++) {
            deliverer.step();
        }
    }

    private void send() {
        send(desk);
    }

    private void later() {
        hub.jdbc
                .sql("update delivery set next_attempt_at = now() where state = 'waiting'")
                .update();
    }

    /** In the order in which they came. */
    private List<Request> received(String path) {
        List<Request> all = new java.util.ArrayList<>(server.getAllServeEvents().stream()
                .map(event -> (Request) event.getRequest())
                .filter(request -> request.getUrl().equals(path))
                .toList());
        java.util.Collections.reverse(all);
        return all;
    }

    private Subscription only() {
        return desk.list().getFirst();
    }

    private static void verify(String secret, Request request) throws Exception {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
            headers.put(name, List.of(request.getHeader(name)));
        }
        new Webhook(secret).verify(request.getBodyAsString(), headers);
    }

    @Test
    void aChangeOfStockArrivesSignedAsTheReferenceImplementationKnowsIt() {
        WithSecret made = subscribe("/in");
        changed("MUG", 7);
        send();

        Request request = received("/in").getFirst();
        assertThat(request.getHeader("Content-Type")).startsWith("application/cloudevents+json");
        assertThat(request.getBodyAsString())
                .contains("\"type\":\"io.stockhub.stock.changed\"", "\"subject\":\"MUG\"", "\"available\":7");
        assertThatCode(() -> verify(made.secret(), request)).doesNotThrowAnyException();
        assertThat(only().waiting()).isZero();
        assertThat(only().lastArrivedAt()).isNotNull();
    }

    @Test
    void onlyWhatWasAskedForAndOnlyFromNowOn() {
        changed("MUG", 7);
        subscribe("/in", "order.changed");
        changed("MUG", 8);
        send();
        assertThat(received("/in")).isEmpty();
    }

    @Test
    void whoIsDownGetsWhatItMissedInOrderAndNobodyElseWaits() {
        answers("/down", 500);
        answers("/in", 200);
        subscribe("/down", "stock.changed");
        subscribe("/in", "stock.changed");
        changed("MUG", 1);
        send();
        changed("MUG", 2);
        send();
        changed("TEE", 3);
        send();
        assertThat(received("/in")).hasSize(3);
        assertThat(received("/down"))
                .as("MUG waits for its first, TEE does not")
                .hasSize(2);
        assertThat(only().failingSince()).isNotNull();
        assertThat(only().lastError()).isEqualTo("it answered 500");

        server.resetRequests();
        answers("/down", 200);
        later();
        send();
        assertThat(received("/down").stream()
                        .map(Request::getBodyAsString)
                        .filter(body -> body.contains("\"subject\":\"MUG\""))
                        .map(body -> body.replaceAll(".*\"available\":(\\d+).*", "$1")))
                .containsExactly("1", "2");
        assertThat(received("/down")).hasSize(3);
        assertThat(only().failingSince()).isNull();
    }

    @Test
    void theSameEventHasTheSameIdHoweverOftenItIsTold() {
        subscribe("/in");
        changed("MUG", 1);
        hub.jdbc
                .sql("alter table event_consumer add constraint stuck check (cursor = 0) not valid")
                .update();
        try {
            assertThatThrownBy(this::send).as("killed before the cursor moved").isNotNull();
        } finally {
            hub.jdbc.sql("alter table event_consumer drop constraint stuck").update();
        }
        hub.jdbc
                .sql("update event_consumer set claimed_until = null, next_attempt_at = now()")
                .update();
        send();
        assertThat(received("/in")).hasSize(1);
        assertThat(received("/in").getFirst().getHeader("webhook-id")).matches("msg_[0-9a-f]{32}");
    }

    @Test
    void whoTakesNothingForDaysIsSwitchedOffAndGoesOnWhereItStopped() {
        answers("/in", 500);
        subscribe("/in");
        changed("MUG", 1);
        send();
        hub.jdbc
                .sql("update subscription set failing_since = now() - interval '49 hours'")
                .update();
        later();
        send();
        assertThat(only().on()).isFalse();
        assertThat(only().offReason()).isEqualTo("it answered 500");
        server.resetRequests();
        later();
        send();
        assertThat(received("/in")).as("while it is off").isEmpty();

        answers("/in", 200);
        desk.resume(only().id());
        send();
        assertThat(received("/in")).hasSize(1);
        assertThat(only().on()).isTrue();
    }

    @Test
    void whoSaysThatItIsGoneIsSwitchedOffAtOnce() {
        answers("/in", 410);
        subscribe("/in");
        changed("MUG", 1);
        send();
        assertThat(only().on()).isFalse();
    }

    @Test
    void afterARotationBothSecretsAreGoodForADay() {
        WithSecret old = subscribe("/in");
        WithSecret fresh = desk.rotate(only().id()).orElseThrow();
        assertThat(fresh.secret()).isNotEqualTo(old.secret());
        desk.test(only().id());
        send();
        for (WithSecret one : List.of(old, fresh)) {
            assertThatCode(() -> verify(one.secret(), received("/in").getFirst()))
                    .doesNotThrowAnyException();
        }
        hub.jdbc.sql("update subscription set before_until = now()").update();
        server.resetRequests();
        desk.test(only().id());
        send();
        assertThatThrownBy(() -> verify(old.secret(), received("/in").getFirst()))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void noSecretIsInTheDatabase() {
        WithSecret made = subscribe("/in");
        String row = hub.jdbc
                .sql("select s::text from subscription s")
                .query(String.class)
                .single();
        assertThat(row).doesNotContain(made.secret().substring("whsec_".length()));
        assertThat(made.toString()).doesNotContain(made.secret());
    }

    @Test
    void withAnotherKeyNothingIsSignedThatNobodyCouldCheck() {
        subscribe("/in");
        changed("MUG", 1);
        SubscriptionDesk other = desk("the-key-of-another-installation-altogether");
        send(other);
        assertThat(received("/in")).isEmpty();
        assertThat(only().lastError()).contains("rotate its secret");

        WithSecret fresh = other.rotate(only().id()).orElseThrow();
        later();
        send(other);
        assertThatCode(() -> verify(fresh.secret(), received("/in").getFirst())).doesNotThrowAnyException();
    }

    @Test
    void aPrivateAddressIsRefusedWhenItIsGiven() {
        assertThatThrownBy(() -> desk.create("https://10.0.0.1/in", List.of(), "anna"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not on the public Internet");
        assertThat(desk.list()).isEmpty();
    }

    @Test
    void whoIsDownForLongKeepsAThousandAndNotMore() {
        answers("/in", 500);
        long id = subscribe("/in").subscription().id();
        hub.jdbc
                .sql(
                        """
                        insert into delivery (target, lane, message_id, type, body, next_attempt_at)
                        select 'subscription/' || ?, n, n, 't', '{}', now() + interval '1 hour' from generate_series(1, 1000) n""")
                .param(id)
                .update();
        changed("MUG", 1);
        send();
        assertThat(only().waiting()).isEqualTo(1_000);
        hub.jdbc.sql("delete from delivery where lane = '1'").update();
        answers("/in", 200);
        send();
        assertThat(received("/in")).hasSize(1);
    }

    @Test
    void whatIsDeletedIsGone() {
        subscribe("/in");
        assertThat(desk.delete(only().id())).isTrue();
        assertThat(desk.list()).isEmpty();
        assertThat(desk.delete(1)).isFalse();
        changed("MUG", 1);
        send();
        assertThat(received("/in")).isEmpty();
    }
}
