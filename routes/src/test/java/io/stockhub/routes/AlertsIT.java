package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Failure;
import io.stockhub.routes.Alerts.Alert;
import io.stockhub.routes.alerts.Limits;
import io.stockhub.routes.alerts.Watching;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.inbox.InboxLife;
import io.stockhub.routes.outbound.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is wrong is told once, however many hubs look and however often they start. */
class AlertsIT {
    private static final Failure REFUSED =
            new Failure(Failure.Kind.SETTINGS, Failure.Stage.SEND, "http-401", "wrong key", null);

    private final RoutesFixture hub = new RoutesFixture();
    private final Watching watching = watching();

    @AfterEach
    void close() {
        watching.close();
        hub.close();
    }

    private Watching watching() {
        return watching("closed", new Limits(5L, null, Duration.ofMinutes(5)));
    }

    private Watching watching(String breaker, Limits limits) {
        Map<String, Receiver> receivers = new LinkedHashMap<>();
        receivers.put("alerts/ops", message -> new Receiver.Outcome.Arrived());
        receivers.put("mail/0", message -> new Receiver.Outcome.Arrived());
        return new Watching(
                hub.dataSource,
                new Channels(List.of(hub.channel)),
                new InboxLife(hub.jdbc),
                hub.desk,
                hub.stock.queries(),
                channel -> breaker,
                new Watching.Settings(limits, Map.of("shop", Duration.ofMinutes(5)), receivers),
                target -> Optional.empty());
    }

    /** Looks, as if it were time to. */
    private void look(Watching at) {
        hub.jdbc.sql("update watch set due_at = now()").update();
        at.look();
    }

    private void minutesPass(int minutes) {
        hub.jdbc
                .sql(
                        "update alert set since = since - ? * interval '1 minute', seen_at = seen_at - ? * interval '1 minute'")
                .params(minutes, minutes)
                .update();
    }

    private void refused() {
        hub.states.pause("shop", REFUSED);
    }

    private List<String> open() {
        return watching.desk().list(true, null, 100).stream().map(Alert::kind).toList();
    }

    private List<String> messages() {
        return hub.jdbc
                .sql("select target || ' ' || type from delivery order by delivery_id")
                .query(String.class)
                .list();
    }

    @Test
    void aRefusedChannelIsToldOnceToEachReceiver() {
        look(watching);
        assertThat(messages()).isEmpty();
        refused();
        look(watching);
        look(watching);

        assertThat(watching.desk().list(null, null, 100)).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo("channel-refuses-us");
            assertThat(alert.subject()).isEqualTo("shop");
            assertThat(alert.words().title()).isEqualTo("shop refuses our login, rights or address");
            assertThat(alert.words().meaning()).contains("http-401: wrong key");
            assertThat(alert.closedAt()).isNull();
        });
        assertThat(messages()).containsExactly("alerts/ops stockhub.alert.opened", "mail/0 stockhub.alert.opened");
    }

    @Test
    void aHubThatStartsAgainDoesNotTellAgain() {
        refused();
        look(watching);
        try (Watching restarted = watching()) {
            look(restarted);
        }
        assertThat(messages()).hasSize(2);
    }

    @Test
    void ofHubsThatLookAtOnceOneTells() throws Exception {
        refused();
        try (Watching other = watching()) {
            for (int round = 0; round < 20; round++) {
                hub.jdbc.sql("update watch set due_at = now()").update();
                hub.jdbc.sql("truncate alert, delivery").update();
                atOnce(watching::look, other::look);
                assertThat(open()).as("round %d", round).containsExactly("channel-refuses-us");
                assertThat(messages()).as("round %d", round).hasSize(2);
            }
        }
    }

    private static void atOnce(Runnable... works) throws Exception {
        CyclicBarrier start = new CyclicBarrier(works.length);
        List<Thread> threads = new ArrayList<>();
        for (Runnable work : works) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    start.await();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                work.run();
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** It read for so long that another took over: what it found is over by now. */
    @Test
    void whoWasTakenOverFromTellsNothing() {
        refused();
        try (Watching slow = new Watching(
                hub.dataSource,
                new Channels(List.of(hub.channel)),
                new InboxLife(hub.jdbc),
                hub.desk,
                hub.stock.queries(),
                channel -> {
                    hub.jdbc
                            .sql("update channel_state set paused_since = null, retry_at = null, last_error = null")
                            .update();
                    look(watching);
                    return "closed";
                },
                new Watching.Settings(Limits.DEFAULTS, Map.of(), Map.of("alerts/slow", message -> null)),
                target -> Optional.empty())) {
            slow.look();
        }
        assertThat(messages()).isEmpty();
        assertThat(open()).isEmpty();
    }

    @Test
    void whatIsWrittenAndWhatIsToldAreOneTransaction() {
        refused();
        hub.jdbc
                .sql("alter table delivery add constraint broken check (target <> 'mail/0')")
                .update();
        try {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> look(watching)))
                    .isNotNull();
            assertThat(open()).isEmpty();
        } finally {
            hub.jdbc.sql("alter table delivery drop constraint broken").update();
        }
        look(watching);
        assertThat(open()).hasSize(1);
        assertThat(messages()).hasSize(2);
    }

    @Test
    void aDisturbanceIsToldWhenItHasLastedAndItsEndWhenItHasStayedAway() {
        try (Watching disturbed = watching("open", Limits.DEFAULTS)) {
            look(disturbed);
            assertThat(open()).isEmpty();
            for (int minute = 0; minute < 5; minute++) {
                minutesPass(1);
                look(disturbed);
            }
            assertThat(open()).containsExactly("channel-fails");
        }
        look(watching);
        assertThat(open()).as("a moment of rest").hasSize(1);
        minutesPass(2);
        look(watching);
        assertThat(open()).isEmpty();
        assertThat(messages())
                .containsExactly(
                        "alerts/ops stockhub.alert.opened",
                        "mail/0 stockhub.alert.opened",
                        "alerts/ops stockhub.alert.closed",
                        "mail/0 stockhub.alert.closed");
    }

    @Test
    void aNumberThatWaitsForLongIsToldOnceAndNotNumberByNumber() {
        for (int i = 0; i < 20; i++) {
            hub.listed("SKU-" + i, 5);
        }
        hub.jdbc
                .sql("update listing set dirty_since = now() - interval '16 minutes'")
                .update();
        look(watching);
        assertThat(open()).containsExactly("number-not-told");
        assertThat(messages()).hasSize(2);
    }

    @Test
    void theExposureIsFoundByOneForAll() {
        hub.listed("TEE", 9);
        hub.stock("TEE", 2);
        hub.jdbc.sql("update watch set due_at = now()").update();
        watching.findExposure();
        assertThat(hub.jdbc
                        .sql("select fact::text from watch where name = 'exposure'")
                        .query(String.class)
                        .single())
                .isEqualTo("{\"units\": 7, \"divided\": 0}");
        look(watching);
        minutesPass(5);
        hub.jdbc.sql("update alert set seen_at = now()").update();
        look(watching);
        assertThat(open()).containsExactly("exposure");
    }

    @Test
    void aLedgerThatWasChangedPastTheHubIsTold() {
        hub.listed("TEE", 9);
        hub.jdbc
                .sql("update account set quantity = quantity + 1 where sku = 'TEE' and quantity > 0")
                .update();
        watching.checkLedger();
        look(watching);
        assertThat(open()).containsExactly("ledger-broken");
    }

    @Test
    void whoHasSeenItIsKept() {
        refused();
        look(watching);
        long id = watching.desk().list(true, null, 1).getFirst().id();
        assertThat(watching.desk().acknowledge(id, "anna"))
                .hasValueSatisfying(alert -> assertThat(alert.acknowledgedBy()).isEqualTo("anna"));
        assertThat(watching.desk().acknowledge(id, "otto").orElseThrow().acknowledgedBy())
                .isEqualTo("anna");
        assertThat(watching.desk().acknowledge(4711, "otto")).isEmpty();
    }

    @Test
    void aTestReachesEveryReceiver() {
        String id = watching.desk().test("anna");
        assertThat(hub.jdbc
                        .sql("select distinct message_id from delivery")
                        .query(String.class)
                        .list())
                .containsExactly(id);
        assertThat(messages()).containsExactly("alerts/ops stockhub.alert.test", "mail/0 stockhub.alert.test");
        assertThat(watching.desk().receivers())
                .extracting(Alerts.Receiver::id, Alerts.Receiver::waiting)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("alerts/ops", 1L),
                        org.assertj.core.groups.Tuple.tuple("mail/0", 1L));
    }
}
