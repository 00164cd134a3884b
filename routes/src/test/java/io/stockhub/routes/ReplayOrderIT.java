package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.Replays.Act;
import io.stockhub.routes.Replays.Item;
import io.stockhub.routes.Replays.Job;
import io.stockhub.routes.Replays.Request;
import io.stockhub.routes.replay.ReplayService;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever order, however often, in however many jobs and whatever breaks off: the ledger is the same. */
class ReplayOrderIT {
    private static final Duration LEASE = Duration.ofMinutes(1);
    /** What the ledger says, without numbers and times: the movements of each document in their order, and what is where. */
    private static final String LEDGER =
            """
            select md5(concat(
              (select string_agg(m.said, ';' order by m.said) from (
                 select concat(m.reference, ':', string_agg(concat(m.kind, ' ', p.said), ',' order by m.movement_id)) as said
                 from movement m join lateral (
                   select string_agg(concat(p.sku, ' ', f.state, '>', t.state, ' ', f.location, p.quantity), '+'
                     order by p.line) as said
                   from posting p join account f on f.account_id = p.from_account
                   join account t on t.account_id = p.to_account where p.movement_id = m.movement_id) p on true
                 group by m.reference) m),
              (select string_agg(concat(sku, location, state, quantity), ';' order by sku, location, state) from balance),
              (select string_agg(concat(channel, order_ref, cancelled), ';' order by channel, order_ref)
               from (select r.channel, r.order_ref, sum(a.cancelled) as cancelled from reservation r
                     join allocation a using (reservation_id) group by 1, 2) r)))""";

    private RoutesFixture hub;

    @BeforeEach
    void startHub() {
        hub = new RoutesFixture();
        hub.sku("MUG");
        hub.stock("MUG", 10);
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    /** An order and its cancellation, both dead for an unknown name. */
    private void deadPair(String orderRef) {
        hub.mappings.fail(orderRef, ScriptedMappings.refusal(), ScriptedMappings.refusal());
        CanonicalOrder order = CanonicalOrder.open(orderRef, "CAP*2");
        hub.arrives("m-" + orderRef, order.older());
        hub.arrives("c-" + orderRef, order.cancelled());
        hub.work();
    }

    private void createCap() {
        hub.sku("CAP");
        hub.stock("CAP", 1_000);
    }

    private static Request ids(List<Long> ids) {
        return new Request(ids, null, false, null, null, "me");
    }

    private List<Long> letters() {
        return hub.openLetters().stream().map(DeadLetter::id).sorted().toList();
    }

    private void drain(ReplayService service) {
        while (service.step().isZero()) {}
    }

    private Job job(long id) {
        return hub.replays.progress(id).orElseThrow().job();
    }

    @Test
    void ofOneLaneTheOlderMessageGoesFirstWhateverTheOrderOfTheIds() {
        deadPair("1001");
        createCap();
        long replay = hub.replays.start(ids(letters().reversed()));
        drain(hub.replays);
        assertThat(job(replay).counts()).containsOnly(Map.entry("applied", 2L));
        assertThat(hub.text("select string_agg(kind, ' ' order by movement_id) from movement where reference = '1001'"))
                .isEqualTo("reservation release");
    }

    @Test
    void ofOneLaneTheOlderMessageGoesFirstAlsoWhenItIsInAnotherJob() {
        deadPair("1001");
        createCap();
        long later = hub.replays.start(ids(letters().subList(1, 2)));
        long earlier = hub.replays.start(ids(letters().subList(0, 1)));
        drain(hub.replays);
        assertThat(job(earlier).counts()).containsOnly(Map.entry("applied", 1L));
        assertThat(job(later).counts()).containsOnly(Map.entry("applied", 1L));
    }

    @Test
    void twoOfOneLaneAreNeverClaimedAtOnce() {
        deadPair("1001");
        assertThat(hub.inbox.claimDead(List.of(2L, 1L), LEASE))
                .extracting(claimed -> claimed.inboxId())
                .containsExactly(1L);
        assertThat(hub.inbox.claimDead(2, LEASE)).as("while the other runs").isEmpty();
        hub.later();
        assertThat(hub.inbox.claimDead(2, LEASE))
                .as("the other's turn comes again")
                .isEmpty();
    }

    @Test
    void aDeadMessageIsNotClaimedWhileALaterOneOfItsLaneRuns() {
        deadPair("1001");
        hub.inbox.claimDead(2, LEASE);
        assertThat(hub.inbox.claimDead(1, LEASE)).isEmpty();
    }

    @Test
    void twoOfOneLaneAreNeverClaimedAtOnceAlsoByTwoWhoDoNotSeeEachOther() throws Exception {
        deadPair("1001");
        try (ExecutorService hubs = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> second = hub.transaction.execute(status -> {
                hub.inbox.claimDead(1, LEASE);
                Future<Integer> other = hubs.submit(() -> hub.transaction.execute(
                        inner -> hub.inbox.claimDead(List.of(2L), LEASE).size()));
                while (!other.isDone() && waiting() == 0) {
                    Thread.onSpinWait();
                }
                return other;
            });
            assertThat(second.get()).isZero();
        }
    }

    private long waiting() {
        return hub.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'");
    }

    @Test
    void aMessageIsNotRunPastAnEarlierOneThatIsTriedAgainByItself() {
        deadPair("1001");
        createCap();
        hub.mappings.fail("1001", TransientFailures.busy());
        long replay = hub.replays.start(ids(letters()));
        drain(hub.replays);
        assertThat(hub.states()).containsExactly("retrying", "dead");
        assertThat(hub.replays.progress(replay).orElseThrow().items())
                .extracting(Item::outcome)
                .containsExactly("failed", "failed");
        assertThat(hub.replays.progress(replay).orElseThrow().items().getLast().message())
                .startsWith("Message 1 of the same lane goes first");
    }

    @Test
    void aPausedJobBeginsNothingAndGoesOnWhenItIsResumed() {
        deadPair("1001");
        deadPair("1002");
        createCap();
        long replay = hub.replays.start(ids(letters()));
        hub.replays(1).step();
        assertThat(hub.replays.change(replay, Act.PAUSE, "otto").orElseThrow().state())
                .isEqualTo("paused");
        drain(hub.replays);
        assertThat(job(replay).finished()).isEqualTo(1);
        assertThat(job(replay).changedBy()).isEqualTo("otto");
        hub.replays.change(replay, Act.RESUME, "otto");
        drain(hub.replays);
        assertThat(job(replay).state()).isEqualTo("done");
        assertThat(job(replay).counts()).containsOnly(Map.entry("applied", 4L));
        assertThatThrownBy(() -> hub.replays.change(replay, Act.PAUSE, "otto")).hasMessageContaining("is over: done");
        assertThat(hub.replays.change(99, Act.PAUSE, "otto")).isEmpty();
    }

    @Test
    void whatACancelledJobHadNotBegunStaysADeadLetter() {
        deadPair("1001");
        deadPair("1002");
        createCap();
        long replay = hub.replays.start(ids(letters()));
        hub.replays(1).step();
        hub.replays.change(replay, Act.CANCEL, "otto");
        drain(hub.replays);
        assertThat(job(replay).state()).isEqualTo("cancelled");
        assertThat(job(replay).counts()).containsOnly(Map.entry("applied", 1L), Map.entry("cancelled", 3L));
        assertThat(letters()).hasSize(3);
        assertThat(hub.replays.list(null, 10)).extracting(Job::replayId).containsExactly(replay);
    }

    @Test
    void aPacedJobTakesNoMoreThanItsRate() {
        for (int i = 0; i < 5; i++) {
            deadPair("100" + i);
        }
        createCap();
        long replay =
                hub.replays.start(new Request(letters(), null, false, null, "slowly", "me", new BigDecimal("0.001")));
        drain(hub.replays);
        assertThat(job(replay).finished())
                .as("one now, the next in 1,000 seconds")
                .isEqualTo(1);
        hub.jdbc
                .sql("update replay set paced_to = now() - interval '10000 seconds'")
                .update();
        drain(hub.replays);
        assertThat(job(replay).finished())
                .as("time that went by unused is not made up for")
                .isEqualTo(2);
    }

    @Test
    void aPreviewChangesNothingAndKnowsAConflict() {
        createCap();
        hub.arrives("m-1", CanonicalOrder.open("1001", "CAP*2"));
        hub.work();
        hub.mappings.fail("1001", ScriptedMappings.refusal());
        hub.arrives("m-2", CanonicalOrder.open("1001", "CAP*3"));
        hub.work();
        deadPair("1002");
        hub.mappings.fail("1003", ScriptedMappings.refusal());
        hub.arrives("m-3", CanonicalOrder.open("1003", "GHOST*3"));
        hub.work();
        hub.arrives("m-4", CanonicalOrder.open("1004", "CAP*1"));
        hub.work();
        hub.mappings.fail("1004", ScriptedMappings.refusal());
        hub.arrives("m-5", CanonicalOrder.open("1004", "CAP*1").older());
        hub.work();
        String everything = everything();
        long replay = hub.replays.start(new Request(letters(), null, true, null, null, "me"));
        drain(hub.replays);
        assertThat(hub.replays.progress(replay).orElseThrow().items().stream()
                        .sorted(Comparator.comparing(Item::deadLetterId))
                        .map(Item::outcome))
                .containsExactly("conflict", "applied", "superseded", "failed", "superseded");
        assertThat(everything()).isEqualTo(everything);
    }

    /** All tables but those of the replay itself. */
    private String everything() {
        List<String> tables = hub.jdbc
                .sql(
                        """
                        select tablename from pg_tables where schemaname = 'public' and tablename not like 'replay%'
                        order by 1""")
                .query(String.class)
                .list();
        StringBuilder all = new StringBuilder();
        tables.forEach(table -> all.append(table)
                .append(hub.text("select md5(string_agg(t::text, ',' order by t::text)) from " + table + " t")));
        return all.toString();
    }

    private void mixture(Random random) {
        List<String> refs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            refs.add("2" + (100 + i));
        }
        for (String ref : refs) {
            CanonicalOrder order = CanonicalOrder.open(ref, "CAP*" + (1 + random.nextInt(3)));
            arrivesDead("m-" + ref, order.older());
            if (random.nextBoolean()) {
                arrivesDead("n-" + ref, order);
            }
            if (random.nextInt(3) > 0) {
                arrivesDead("c-" + ref, order.cancelled());
            }
        }
        hub.work();
    }

    private void arrivesDead(String messageId, CanonicalOrder order) {
        hub.mappings.fail(order.orderRef(), ScriptedMappings.refusal());
        hub.arrives(messageId, order);
    }

    private String inOrderOnce(long seed) {
        mixture(new Random(seed));
        createCap();
        long replay = hub.replays.start(ids(dead()));
        drain(hub.replays);
        assertThat(job(replay).state()).isEqualTo("done");
        return hub.text(LEDGER);
    }

    private List<Long> dead() {
        return hub.jdbc
                .sql("select dead_letter_id from dead_letter where state = 'open' order by 1")
                .query(Long.class)
                .list();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void twiceShuffledInTwoJobsAtOnceAndKilledInTheMiddleTheLedgerIsTheSame(long seed) throws Exception {
        String once = inOrderOnce(seed);
        hub.close();
        startHub();
        mixture(new Random(seed));
        createCap();
        List<Long> all = dead();
        List<Long> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(seed));
        List<Long> jobs = new ArrayList<>();
        jobs.add(hub.replays.start(ids(shuffled)));
        jobs.add(hub.replays.start(ids(shuffled.reversed())));
        // A hub that was killed with some in hand, of which some took effect and nobody wrote it down.
        hub.dataSource.breakOnce("update replay_item i set outcome");
        assertThatThrownBy(() -> hub.replays(20).step()).isInstanceOf(RuntimeException.class);
        hub.inbox.claimDead(hub.number("select min(inbox_id) from inbox where state = 'dead'"), LEASE);
        leasesEnd();
        for (int round = 0; round < 2; round++) {
            inParallel(hub.replays(7), hub.replays(16));
            leasesEnd();
            jobs.add(hub.replays.start(ids(shuffled)));
        }
        inParallel(hub.replays(7), hub.replays(16));
        jobs.forEach(job -> assertThat(job(job).state()).as("job " + job).isEqualTo("done"));
        assertThat(hub.text(LEDGER)).isEqualTo(once);
        assertThat(hub.deadLetters.open()).isZero();
    }

    private void leasesEnd() {
        hub.later();
        hub.jdbc
                .sql(
                        "update replay_item set claimed_until = now() - interval '1 second' where claimed_until is not null")
                .update();
    }

    /** Until both have nothing that can go; what one holds up for the other is looked at again. */
    private void inParallel(ReplayService one, ReplayService other) throws Exception {
        try (ExecutorService hubs = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> running = List.of(one, other).stream()
                    .map(service -> hubs.submit(() -> {
                        int idle = 0;
                        while (idle < 200 && hub.number("select count(*) from replay where state = 'running'") > 0) {
                            idle = service.step().isZero() ? 0 : idle + 1;
                        }
                    }))
                    .toList();
            for (Future<?> future : running) {
                future.get();
            }
        }
    }
}
