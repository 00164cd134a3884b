package io.stockhub.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
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
import io.stockhub.routes.failure.Backoff;
import io.stockhub.routes.outbound.Deliverer;
import io.stockhub.routes.outbound.DeliveryStore;
import io.stockhub.routes.outbound.Message;
import io.stockhub.routes.outbound.Receiver;
import io.stockhub.routes.outbound.Signature;
import io.stockhub.routes.outbound.WebhookReceiver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Messages to a real receiver, which checks them with the reference implementation of Standard Webhooks. */
class DeliveriesIT {
    private static final Secret OLD = Signature.secret("an-old-key-of-enough-bytes!!".getBytes(StandardCharsets.UTF_8));
    private static final Secret SECRET =
            Signature.secret("a-key-of-as-many-bytes-as-is-right".getBytes(StandardCharsets.UTF_8));
    private static final Backoff HOURS = new Backoff(Duration.ofHours(1), Duration.ofHours(2), Integer.MAX_VALUE);
    private static final String BODY = "{\"type\":\"stockhub.alert.opened\",\"data\":{\"title\":\"schließt \u2713\"}}";

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.emptied());
    private final DeliveryStore store = new DeliveryStore(jdbc);
    private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
    private final GuardedHttp http =
            new GuardedHttp(AddressRules.allowing(List.of("127.0.0.1/32")), Duration.ofSeconds(30));

    @BeforeEach
    void start() {
        server.start();
        answers(204);
    }

    @AfterEach
    void stop() {
        http.close();
        server.stop();
    }

    private void answers(int status) {
        server.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status)));
    }

    private Receiver webhook(Secret... secrets) {
        return new WebhookReceiver(
                http,
                URI.create(server.baseUrl() + "/in"),
                List.of(secrets),
                "application/json",
                InstantSource.system());
    }

    private Deliverer deliverer(Map<String, Receiver> receivers, Executor calls) {
        return new Deliverer(store, target -> Optional.ofNullable(receivers.get(target)), calls, HOURS, () -> {});
    }

    private Deliverer deliverer(Receiver receiver) {
        return deliverer(Map.of("hook", receiver), Runnable::run);
    }

    private void add(String lane, String id) {
        store.add(List.of(new Message("hook", lane, id, "stockhub.alert.opened", BODY)));
    }

    private void later() {
        jdbc.sql("update delivery set next_attempt_at = now(), claimed_until = now() - interval '1 second'"
                        + " where state = 'waiting'")
                .update();
    }

    private List<Request> received() {
        return server.getAllServeEvents().stream()
                .sorted(Comparator.comparing(event -> event.getRequest().getLoggedDate()))
                .map(event -> (Request) event.getRequest())
                .toList();
    }

    private List<String> ids() {
        return received().stream().map(one -> one.getHeader("webhook-id")).toList();
    }

    private List<String> states() {
        return jdbc.sql("select message_id || ' ' || state || ' ' || attempts from delivery order by delivery_id")
                .query(String.class)
                .list();
    }

    private static Map<String, List<String>> signed(Request request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
            headers.put(name, List.of(request.getHeader(name)));
        }
        return headers;
    }

    private static void verify(Secret secret, String body, Map<String, List<String>> headers) throws Exception {
        new Webhook(secret.reveal()).verify(body, headers);
    }

    @Test
    void theReferenceImplementationKnowsOurSignature() {
        add("a", "msg_1");
        deliverer(webhook(SECRET)).step();

        Request request = received().getFirst();
        assertThat(request.getBodyAsString()).isEqualTo(BODY);
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeader("webhook-id")).isEqualTo("msg_1");
        assertThatCode(() -> verify(SECRET, request.getBodyAsString(), signed(request)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(OLD, request.getBodyAsString(), signed(request)))
                .isInstanceOf(WebhookVerificationException.class);
        assertThat(states()).containsExactly("msg_1 delivered 1");
    }

    @Test
    void noBitOfAMessageCanBeChanged() {
        add("a", "msg_1");
        deliverer(webhook(SECRET)).step();
        Request request = received().getFirst();
        byte[] body = request.getBody();
        for (int bit = 0; bit < body.length * 8; bit++) {
            byte[] flipped = body.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            String text = new String(flipped, StandardCharsets.UTF_8);
            assertThatThrownBy(() -> verify(SECRET, text, signed(request)))
                    .as("bit %d", bit)
                    .isInstanceOf(WebhookVerificationException.class);
        }
        for (Map.Entry<String, String> other : Map.of(
                        "webhook-id",
                        "msg_2",
                        "webhook-timestamp",
                        String.valueOf(Long.parseLong(request.getHeader("webhook-timestamp")) - 1))
                .entrySet()) {
            Map<String, List<String>> headers = signed(request);
            headers.put(other.getKey(), List.of(other.getValue()));
            assertThatThrownBy(() -> verify(SECRET, BODY, headers)).isInstanceOf(WebhookVerificationException.class);
        }
    }

    @Test
    void whileSecretsAreChangedBothAreGood() {
        add("a", "msg_1");
        deliverer(webhook(SECRET, OLD)).step();
        Request request = received().getFirst();
        for (Secret secret : List.of(SECRET, OLD)) {
            assertThatCode(() -> verify(secret, BODY, signed(request))).doesNotThrowAnyException();
        }
    }

    @Test
    void whatFailedIsSentAgainUnderTheSameIdWithTheTimeOfThatAttempt() {
        answers(500);
        add("a", "msg_1");
        deliverer(webhook(SECRET)).step();
        deliverer(webhook(SECRET)).step();
        assertThat(ids()).as("after a pause").hasSize(1);
        assertThat(states()).containsExactly("msg_1 waiting 1");

        later();
        answers(200);
        deliverer(new WebhookReceiver(
                        http,
                        URI.create(server.baseUrl() + "/in"),
                        List.of(SECRET),
                        "application/json",
                        () -> InstantSource.system().instant().plusSeconds(60)))
                .step();
        assertThat(ids()).containsExactly("msg_1", "msg_1");
        assertThat(received().get(0).getHeader("webhook-timestamp"))
                .isLessThan(received().get(1).getHeader("webhook-timestamp"));
        assertThat(states()).containsExactly("msg_1 delivered 2");
    }

    /** It arrived, and the hub died before it could write that down. */
    @Test
    void aHubThatIsKilledAfterSendingSendsTheSameIdAgain() {
        add("a", "msg_1");
        Receiver real = webhook(SECRET);
        Deliverer killed = deliverer(message -> {
            real.send(message);
            throw new Error("killed");
        });
        assertThatThrownBy(killed::step).hasMessage("killed");
        deliverer(real).step();
        assertThat(ids()).as("while the lease holds").hasSize(1);

        later();
        deliverer(real).step();
        assertThat(ids()).containsExactly("msg_1", "msg_1");
        assertThat(received().get(0).getBody()).isEqualTo(received().get(1).getBody());
        assertThat(states()).containsExactly("msg_1 delivered 1");
    }

    @Test
    void whoLostItsLeaseChangesNothing() {
        add("a", "msg_1");
        deliverer(message -> {
                    later();
                    deliverer(other -> new Receiver.Outcome.Failed("refused", null))
                            .step();
                    return new Receiver.Outcome.Gone("late");
                })
                .step();
        assertThat(states()).containsExactly("msg_1 waiting 1");
    }

    @Test
    void theSecondOfALaneWaitsForTheFirstAndOtherLanesDoNot() {
        add("a", "a-1");
        add("a", "a-2");
        add("b", "b-1");
        List<String> seen = new ArrayList<>();
        Receiver refusing = message -> {
            seen.add(message.id());
            return new Receiver.Outcome.Failed("no", null);
        };
        deliverer(refusing).step();
        deliverer(refusing).step();
        assertThat(seen).containsExactly("a-1", "b-1");
        later();
        deliverer(webhook(SECRET)).step();
        deliverer(webhook(SECRET)).step();
        assertThat(ids()).containsExactlyInAnyOrder("a-1", "b-1", "a-2");
        assertThat(ids().indexOf("a-1")).isLessThan(ids().indexOf("a-2"));
    }

    @Test
    void aReceiverThatHangsDelaysNoOther() {
        CountDownLatch hangs = new CountDownLatch(1);
        for (int i = 0; i < 30; i++) {
            store.add(List.of(
                    new Message("slow", "lane-" + i, "msg_" + i, "t", BODY),
                    new Message("hook", "lane-" + i, "msg_" + i, "t", BODY)));
        }
        Receiver slow = message -> {
            try {
                hangs.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Receiver.Outcome.Arrived();
        };
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            Deliverer deliverer = deliverer(Map.of("slow", slow, "hook", webhook(SECRET)), calls);
            Awaitility.await().until(() -> {
                deliverer.step();
                return store.waiting("hook") == 0;
            });
            assertThat(store.waiting("slow")).isEqualTo(30);
            hangs.countDown();
        }
    }

    @Test
    void afterDaysAMessageIsGivenUpAndVisible() {
        answers(500);
        add("a", "msg_1");
        jdbc.sql("update delivery set created_at = now() - interval '3 days'").update();
        deliverer(webhook(SECRET)).step();
        assertThat(states()).containsExactly("msg_1 dead 1");
    }

    @Test
    void whoIsGoneIsNotAskedAgain() {
        answers(410);
        add("a", "msg_1");
        deliverer(webhook(SECRET)).step();
        later();
        deliverer(webhook(SECRET)).step();
        assertThat(states()).containsExactly("msg_1 dead 1");
        assertThat(ids()).hasSize(1);
    }

    @Test
    void whoAsksToBeLeftAloneIsLeftAloneAndWhoAsksForHasteIsNotCalledAllTheTime() {
        for (String asked : List.of("0", "80000")) {
            jdbc.sql("truncate delivery").update();
            server.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(429).withHeader("Retry-After", asked)));
            add("a", "msg_1");
            deliverer(webhook(SECRET)).step();
            assertThat(jdbc.sql("select extract(epoch from next_attempt_at - now()) from delivery")
                            .query(Double.class)
                            .single())
                    .isGreaterThan(asked.equals("0") ? 1_000 : 79_000);
        }
    }

    @Test
    void theSameMessageIsKeptOnce() {
        add("a", "msg_1");
        add("a", "msg_1");
        assertThat(states()).hasSize(1);
    }
}
