package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhub.routes.events.CloudEvents;
import io.stockhub.routes.events.Event;
import io.stockhub.routes.events.EventFeed;
import io.stockhub.routes.events.EventFeeder;
import io.stockhub.routes.events.EventPublisher;
import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.jdbc.Sealer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happened reaches every reader, in one order, none of it twice under two names and none of it skipped. */
class EventFeedIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LEASE = Duration.ofMinutes(1);

    private RoutesFixture hub;
    private EventFeed feed;
    private EventFeeder feeder;

    @BeforeEach
    void startHub() {
        hub = new RoutesFixture();
        hub.sku("MUG");
        hub.sku("TEE");
        feed = new EventFeed(hub.jdbc);
        feeder = feeder();
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private EventFeeder feeder() {
        return new EventFeeder(hub.jdbc, hub.transaction, hub.stock.queries(), Duration.ofDays(7), () -> {});
    }

    private void seal() {
        Sealer sealer = new Sealer(hub.dataSource);
        long last = hub.number("select last_value from ledger_sequence");
        while (hub.number("select sealed_to from seal_head") < last) {
            sealer.step();
        }
    }

    private void tell() {
        seal();
        while (feeder.step().isZero()) {}
    }

    private List<Event> all() {
        return feed.read(0, 1_000);
    }

    private List<String> told() {
        return all().stream()
                .map(event -> event.type().code() + " " + event.subject())
                .toList();
    }

    private static JsonNode data(Event event) {
        try {
            return JSON.readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new AssertionError(event.data(), e);
        }
    }

    private static Command.Reserve order(String orderRef, String sku, long quantity) {
        return new Command.Reserve(
                "shop",
                orderRef,
                Command.Policy.BACKORDER,
                null,
                null,
                "tester",
                null,
                List.of(new Command.Line(sku, quantity)));
    }

    @Test
    void manyChangesOfASkuAreOneEventWithWhatThereIs() {
        feed.register("erp");
        hub.stock("MUG", 10);
        hub.stock("MUG", 7);
        hub.stock("TEE", 2);
        tell();

        assertThat(told()).containsExactly("stock.changed MUG", "stock.changed TEE");
        JsonNode mug = data(all().getFirst());
        assertThat(mug.path("available").asLong()).isEqualTo(7);
        assertThat(mug.path("onHand").asLong()).isEqualTo(7);
        assertThat(mug.path("locations").path(0).path("location").asText()).isEqualTo("NORTH");
        assertThat(mug.path("sequence").asLong())
                .isEqualTo(hub.number("select max(movement_id) from posting where sku = 'MUG'"));
        assertThat(feeder.step()).isPositive();
        assertThat(all()).hasSize(2);
    }

    @Test
    void anEventTellsTheStockOfItsSequenceHoweverMuchMovedSince() {
        feed.register("erp");
        hub.stock("MUG", 10);
        seal();
        hub.stock("MUG", 4);
        while (feeder.step().isZero()) {}

        assertThat(data(all().getFirst()).path("available").asLong()).isEqualTo(10);
        tell();
        assertThat(data(all().getLast()).path("available").asLong()).isEqualTo(4);
    }

    @Test
    void theIdSaysWhatIsToldSoThatToldAgainItIsTheSame() {
        feed.register("erp");
        hub.stock("MUG", 10);
        tell();
        feed.tellAllStock();
        tell();

        List<Event> mugs =
                all().stream().filter(event -> event.subject().equals("MUG")).toList();
        assertThat(mugs).hasSize(2);
        assertThat(mugs.getFirst().id())
                .isEqualTo("stock.changed:MUG:" + mugs.getFirst().sequence());
        assertThat(new String(CloudEvents.json(mugs.getLast(), "/hub"), StandardCharsets.UTF_8))
                .isEqualTo(new String(CloudEvents.json(mugs.getFirst(), "/hub"), StandardCharsets.UTF_8));
        assertThat(told()).contains("stock.changed TEE");
    }

    @Test
    void aMovementThatCommitsLateIsNotSkipped() throws SQLException {
        feed.register("erp");
        hub.stock("MUG", 10);
        tell();
        try (Connection slow = hub.dataSource.getConnection();
                Statement write = slow.createStatement()) {
            slow.setAutoCommit(false);
            write.execute(
                    """
                    with number as (
                      select nextval('ledger_sequence') as id
                      from (select pg_current_xact_id() as id offset 0) tx where tx.id is not null),
                    moved as (
                      insert into movement (movement_id, kind, actor, occurred_at, recorded_at)
                      select id, 'receipt', 'slow', now(), now() from number returning movement_id),
                    counted as (update account set quantity = quantity + 1 where sku = 'MUG' and state = 'available')
                    insert into posting (movement_id, line, sku, from_account, to_account, quantity)
                    select movement_id, 0, 'MUG', 0, (select account_id from account where sku = 'MUG' and state = 'available'), 1
                    from moved""");
            hub.stock("TEE", 3);
            Sealer sealer = new Sealer(hub.dataSource);
            for (int i = 0; i < 4; i++) {
                sealer.step();
                feeder.step();
            }
            assertThat(told()).as("TEE has a higher number").containsExactly("stock.changed MUG");
            slow.commit();
        }
        tell();
        assertThat(told()).containsExactly("stock.changed MUG", "stock.changed MUG", "stock.changed TEE");
        assertThat(data(all().get(1)).path("available").asLong()).isEqualTo(11);
    }

    @Test
    void anOrderIsToldWithItsLinesAndEachNewerWordHasAHigherVersion() {
        feed.register("erp");
        hub.stock("MUG", 10);
        tell();
        hub.stock.master().execute(order("A-1", "MUG", 3));
        tell();
        hub.stock
                .master()
                .execute(new Command.Cancel(hub.reservation("A-1").reservationId(), "tester", null, List.of()));
        tell();

        List<Event> orders = all().stream()
                .filter(event -> event.type() == Event.Type.ORDER_CHANGED)
                .toList();
        assertThat(orders).extracting(Event::subject).containsExactly("shop:A-1", "shop:A-1");
        assertThat(orders)
                .extracting(event -> data(event).path("status").asText())
                .containsExactly("reserved", "cancelled");
        assertThat(data(orders.getFirst()).path("lines").path(0).path("held").asLong())
                .isEqualTo(3);
        assertThat(orders.getLast().sequence()).isGreaterThan(orders.getFirst().sequence());
    }

    @Test
    void whatBecomesOfAnOrderWithoutAnyUnitMovingIsTold() {
        feed.register("erp");
        hub.stock.master().execute(order("A-2", "MUG", 3));
        tell();
        hub.stock
                .master()
                .execute(new Command.Cancel(hub.reservation("A-2").reservationId(), "tester", null, List.of()));
        tell();

        assertThat(all())
                .extracting(event -> data(event).path("status").asText())
                .containsExactly("backordered", "cancelled");
        assertThat(all()).extracting(Event::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aDeadLetterIsToldWhenItOpensAndWhenItCloses() {
        feed.register("erp");
        hub.mappings.fail("A-3", ScriptedMappings.refusal());
        hub.arrives("m-1", CanonicalOrder.open("A-3", "MUG*1"));
        hub.work();
        tell();
        hub.deadLetters.discard(hub.onlyLetter().id());
        tell();

        assertThat(all())
                .extracting(Event::type)
                .containsExactly(Event.Type.DEAD_LETTER_OPENED, Event.Type.DEAD_LETTER_CLOSED);
        assertThat(data(all().getFirst()).path("orderRef").asText()).isEqualTo("A-3");
        assertThat(data(all().getLast()).path("outcome").asText()).isEqualTo("discarded");
        assertThat(all().getFirst().data()).doesNotContain("message").doesNotContain("payload");
    }

    @Test
    void withoutAReaderNothingIsWritten() {
        hub.stock("MUG", 10);
        hub.stock.master().execute(order("A-4", "TEE", 3));
        hub.stock
                .master()
                .execute(new Command.Cancel(hub.reservation("A-4").reservationId(), "tester", null, List.of()));
        hub.mappings.fail("A-5", ScriptedMappings.refusal());
        hub.arrives("m-1", CanonicalOrder.open("A-5", "MUG*1"));
        hub.work();
        String written = "select (select count(*) from event) + (select count(*) from event_pending)";
        assertThat(hub.number(written)).isZero();
        tell();
        assertThat(hub.number(written)).isZero();
    }

    @Test
    void aNewReaderGetsWhatHappensFromThenOn() {
        hub.stock("MUG", 10);
        seal();
        feed.register("erp");
        hub.stock("TEE", 1);
        tell();
        feed.register("late");
        assertThat(feed.consumers()).extracting(Events.Consumer::behind).containsExactly(1L, 0L);
        assertThat(told()).containsExactly("stock.changed TEE");
    }

    @Test
    void aHubThatLostItsLeaseCannotMoveTheCursor() {
        feed.register("erp");
        hub.stock("MUG", 10);
        hub.stock("TEE", 10);
        tell();
        EventFeed.Lease frozen = feed.lease("erp", 0, LEASE).orElseThrow();
        assertThat(feed.lease("erp", 0, LEASE)).as("while it lasts").isEmpty();
        leasesEnd();
        EventFeed.Lease other = feed.lease("erp", 0, LEASE).orElseThrow();
        assertThat(feed.advance(other, 2)).isTrue();

        assertThat(feed.advance(frozen, 1)).isFalse();
        assertThat(feed.consumers().getFirst().cursor()).isEqualTo(2);
        feed.failed(frozen, "late", Duration.ofHours(1));
        assertThat(feed.consumers().getFirst().lastError()).isNull();
        assertThat(feed.lease("erp", frozen.token(), LEASE)).isEmpty();
    }

    private void leasesEnd() {
        hub.jdbc
                .sql("update event_consumer set claimed_until = now() - interval '1 second', next_attempt_at = now()")
                .update();
    }

    @Test
    void whatWasNotTakenIsSentAgainAndTheRestFollows() {
        feed.register("erp");
        hub.stock("MUG", 10);
        tell();
        List<String> arrived = new ArrayList<>();
        List<RuntimeException> faults = new ArrayList<>(List.of(new IllegalStateException("down")));
        EventPublisher publisher = new EventPublisher(
                feed,
                "erp",
                events -> {
                    if (!faults.isEmpty()) {
                        throw faults.removeFirst();
                    }
                    events.forEach(event -> arrived.add(event.subject()));
                },
                1,
                LEASE);
        publisher.step();
        assertThat(feed.consumers().getFirst().failingSince()).isNotNull();
        assertThat(feed.consumers().getFirst().lastError()).isEqualTo("IllegalStateException: down");
        publisher.step();
        assertThat(arrived).as("it waits").isEmpty();
        leasesEnd();
        hub.stock("TEE", 10);
        tell();
        while (publisher.step().isZero()) {}
        assertThat(arrived).containsExactly("MUG", "TEE");
        assertThat(feed.consumers().getFirst().behind()).isZero();
        assertThat(feed.consumers().getFirst().failingSince()).isNull();
    }

    @Test
    void rewoundAReaderGetsAllThatIsKeptAndWhoSendsMeanwhileCannotUndoThat() {
        feed.register("erp");
        hub.stock("MUG", 10);
        hub.stock("TEE", 10);
        tell();
        EventFeed.Lease lease = feed.lease("erp", 0, LEASE).orElseThrow();
        feed.advance(lease, 2);
        assertThat(feed.rewind("erp", Instant.now().plusSeconds(60))).hasValue(0L);
        assertThat(feed.rewind("erp", null)).hasValue(2L);
        assertThat(feed.advance(lease, 2)).isFalse();
        assertThat(feed.consumers().getFirst().behind()).isEqualTo(2);
        assertThat(feed.rewind("nobody", null)).isEmpty();
    }

    @Test
    void eventsAreKeptUntilEverybodyHasThemAndReadersThatNobodyRunsAreForgotten() {
        feed.register("erp");
        feed.register("shop");
        hub.stock("MUG", 10);
        tell();
        feed.advance(feed.lease("erp", 0, LEASE).orElseThrow(), 1);
        hub.jdbc.sql("update event set noted_at = now() - interval '8 days'").update();
        feeder.purge();
        assertThat(all()).as("the shop has not got it").hasSize(1);
        hub.jdbc
                .sql("update event_consumer set seen_at = now() - interval '8 days' where consumer = 'shop'")
                .update();
        feeder.purge();
        assertThat(all()).isEmpty();
        assertThat(feed.consumers()).extracting(Events.Consumer::name).containsExactly("erp");
    }

    @Test
    void severalHubsTellEachThingOnceAndInOneOrder() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        feed.register("erp");
        for (int i = 0; i < 20; i++) {
            hub.sku("S-" + i);
        }
        try (ExecutorService hubs = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 10; i++) {
                    hub.stock
                            .master()
                            .execute(new Command.Move(
                                    MovementKind.RECEIPT,
                                    "NORTH",
                                    null,
                                    null,
                                    null,
                                    "tester",
                                    null,
                                    List.of(new Command.Line("S-" + random.nextInt(20), 1))));
                }
                new Sealer(hub.dataSource).step();
                List<? extends java.util.concurrent.Future<?>> steps = List.of(
                        hubs.submit(() -> feeder().step()),
                        hubs.submit(() -> feeder().step()),
                        hubs.submit(() -> feeder().step()));
                for (java.util.concurrent.Future<?> step : steps) {
                    step.get();
                }
            }
        }
        tell();
        List<Event> events = all();
        assertThat(events).extracting(Event::id).doesNotHaveDuplicates();
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).position()).isEqualTo(i + 1);
        }
        for (int i = 0; i < 20; i++) {
            String sku = "S-" + i;
            List<Event> ofSku =
                    events.stream().filter(event -> event.subject().equals(sku)).toList();
            assertThat(ofSku).extracting(Event::sequence).isSorted();
            assertThat(
                            ofSku.isEmpty()
                                    ? 0
                                    : data(ofSku.getLast()).path("available").asLong())
                    .isEqualTo(hub.available(sku));
        }
    }
}
