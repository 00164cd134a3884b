package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.routes.Inbox.Filter;
import io.stockhub.routes.Inbox.State;
import io.stockhub.routes.inbox.InboxLife;
import io.stockhub.routes.inbox.InboxMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * Nothing that was accepted is lost, and everything is accounted for, after every single step of a life full of failures.
 * One wild hub per seed; the seed is in the name of the test and printed.
 */
class InboxAccountingIT {
    private static final int STEPS = 250;
    private static final int LANES = 6;
    private static final List<String> FAULTS = List.of(
            "insert into inbox",
            "with due as",
            "select exists (select 1 from inbox",
            "order_version",
            "update inbox set state = 'done'",
            "update inbox set state = 'retrying'",
            "update inbox set state = 'dead'",
            "insert into dead_letter",
            "update dead_letter set state = 'resolved'",
            "update dead_letter d set state = 'discarded'");

    /** A row as it is stored, for an opinion of our own about its life. */
    private record Row(long id, String lane, String state, int attempts, @Nullable String outcome, byte[] payload) {
        boolean open() {
            return Set.of("received", "running", "retrying").contains(state);
        }

        boolean failed() {
            return state.equals("retrying") || attempts > 0;
        }
    }

    private record Life(long id, State state, @Nullable Long blockedBy) {}

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 5), LongStream.of(System.nanoTime()));
    }

    /** What a hub was given and what must hold. */
    private static final class World {
        private final RoutesFixture hub = new RoutesFixture();
        private final JdbcClient sane = JdbcClient.create(Objects.requireNonNull(hub.dataSource.getTargetDataSource()));
        private final Inbox life = new InboxLife(sane);
        private final Random random;
        private final List<InboxMessage> accepted = new ArrayList<>();
        private final Map<String, Long> lastEffect = new HashMap<>();
        private final Set<Long> ended = new HashSet<>();
        private final Map<String, Integer> met = new HashMap<>();
        private int clock;

        World(long seed) {
            random = new Random(seed);
            hub.sku("MUG");
            hub.stock("MUG", 1_000);
        }

        void step() {
            int dice = random.nextInt(100);
            if (dice < 38) {
                arrival();
            } else if (dice < 60) {
                workerStep();
            } else if (dice < 72) {
                everyLaneGoesOn();
            } else if (dice < 82) {
                replay();
            } else if (dice < 90) {
                discard();
            } else if (dice < 98) {
                hub.dataSource.breakOnce(FAULTS.get(random.nextInt(FAULTS.size())));
            } else {
                hub.sku("GHOST");
            }
        }

        /** The pump carries on after whatever the database does; so do we. */
        private boolean guarded(Runnable work) {
            try {
                work.run();
                return true;
            } catch (DataAccessException | TransactionException e) {
                return false;
            }
        }

        private void arrival() {
            if (!accepted.isEmpty() && random.nextInt(6) == 0) {
                InboxMessage again = accepted.get(random.nextInt(accepted.size()));
                guarded(() -> assertThat(hub.inbox.add(again)).as("a duplicate").isFalse());
                return;
            }
            InboxMessage message = message();
            boolean[] added = new boolean[1];
            if (guarded(() -> added[0] = hub.inbox.add(message))) {
                assertThat(added[0]).as("a new message").isTrue();
                accepted.add(message);
            }
        }

        private InboxMessage message() {
            String order = "order-" + random.nextInt(LANES);
            String mark = "2026-04-%02dT10:%02d:%02dZ".formatted(1 + clock / 3600, clock / 60 % 60, clock++ % 60);
            // Often the sender's own time does not say which of two words is newer: then the order of the lane does.
            String updatedAt = random.nextBoolean() ? mark : "2026-03-14T10:00:00Z";
            int kind = random.nextInt(14);
            met.merge("kind " + kind, 1, Integer::sum);
            CanonicalOrder plain = new CanonicalOrder(order, "open", List.of("MUG*1"), updatedAt);
            byte[] payload =
                    switch (kind) {
                        case 0 -> marked(new CanonicalOrder(order, "open", List.of("GHOST*1"), updatedAt), mark);
                        case 1 -> marked(new CanonicalOrder(order, "open", List.of("MUG*2"), updatedAt), mark);
                        case 2 -> marked(plain.cancelled(), mark);
                        case 3 -> marked(plain.older(), mark);
                        case 4 -> marked(plain.ignored(), mark);
                        case 5 -> new byte[] {0, (byte) 0xff, (byte) 0xfe, '{', (byte) clock, (byte) (clock >> 8)};
                        case 6 -> ("{\"orderRef\":\"" + mark + "\"}").getBytes(StandardCharsets.UTF_8);
                        default -> marked(plain, mark);
                    };
            script(kind, mark);
            // Now and then a sender gives two messages one id; both are kept.
            String id = random.nextInt(12) == 0 ? "same" : "m-" + clock;
            return new InboxMessage(
                    InboxMessage.Flow.ORDERS_IN, "shop", id, order, "acme/order", "application/json", payload);
        }

        /** The order with a time of its own, so that failures can be written for this message alone. */
        private static byte[] marked(CanonicalOrder order, String mark) {
            String placedAt = "\"placedAt\":\"";
            return order.json()
                    .replace(placedAt + "2026-03-14T10:00:00Z", placedAt + mark)
                    .getBytes(StandardCharsets.UTF_8);
        }

        private void script(int kind, String mark) {
            switch (kind) {
                case 7 -> hub.mappings.fail(mark, ScriptedMappings.refusal());
                case 8 -> hub.mappings.fail(mark, new StackOverflowError(), new StackOverflowError());
                case 9 -> hub.mappings.fail(mark, new Wordless());
                case 10 -> {
                    for (int i = random.nextInt(1, 5); i > 0; i--) {
                        hub.mappings.fail(mark, TransientFailures.busy());
                    }
                }
                case 11 -> hub.mappings.fail(mark, TransientFailures.busy(), ScriptedMappings.refusal());
                default -> {}
            }
        }

        /** When pauses are over and the database is well, the first of each lane is handled, whatever the others do. */
        private void everyLaneGoesOn() {
            hub.later();
            boolean well = hub.dataSource.allMet();
            Map<Long, Row> heads = workerStep();
            if (!well) {
                return;
            }
            rows().stream().filter(row -> heads.containsKey(row.id())).forEach(after -> assertThat(after.attempts())
                    .as("message %s, first of %s, was held up", after.id(), after.lane())
                    .isGreaterThan(Objects.requireNonNull(heads.get(after.id())).attempts()));
        }

        /** The pump's turn. It touches nothing but the first open message of each lane; those are returned as they were. */
        private Map<Long, Row> workerStep() {
            List<Row> before = rows();
            Map<Long, Row> heads = new HashMap<>();
            heads(before).values().forEach(head -> heads.put(head.id(), head));
            guarded(hub.worker::step);
            List<Row> after = rows();
            for (int i = 0; i < before.size(); i++) {
                if (!heads.containsKey(before.get(i).id())) {
                    assertThat(after.get(i).attempts() + after.get(i).state())
                            .as(
                                    "message %s of %s is not its turn",
                                    before.get(i).id(), before.get(i).lane())
                            .isEqualTo(before.get(i).attempts() + before.get(i).state());
                }
            }
            return heads;
        }

        private @Nullable Long anyLetter() {
            List<Long> letters = sane.sql("select dead_letter_id from dead_letter order by 1")
                    .query(Long.class)
                    .list();
            return letters.isEmpty() ? null : letters.get(random.nextInt(letters.size()));
        }

        private void replay() {
            Long letter = anyLetter();
            if (letter != null) {
                hub.replays.start(new Replays.Request(List.of(letter), null, false, null, null, "tester"));
                guarded(hub.replays::step);
            }
        }

        private void discard() {
            Long letter = anyLetter();
            if (letter != null) {
                guarded(() -> {
                    if (hub.deadLetters.discard(letter)) {
                        met.merge("discarded", 1, Integer::sum);
                    }
                });
            }
        }

        private List<Row> rows() {
            return sane.sql("select inbox_id, lane, state, attempts, outcome, payload from inbox order by inbox_id")
                    .query((row, n) -> new Row(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getInt(4),
                            row.getString(5),
                            row.getBytes(6)))
                    .list();
        }

        private static Map<String, Row> heads(List<Row> rows) {
            Map<String, Row> heads = new HashMap<>();
            rows.stream().filter(Row::open).forEach(row -> heads.putIfAbsent(row.lane(), row));
            return heads;
        }

        void everythingIsAccountedFor() {
            List<Row> rows = rows();
            assertThat(rows.stream().map(Row::payload).toList())
                    .as("what was accepted, byte by byte, in the order in which it came")
                    .usingElementComparator(java.util.Arrays::compare)
                    .isEqualTo(accepted.stream().map(InboxMessage::payload).toList());
            Inbox.Totals totals = life.totals();
            assertThat(totals.received()).isEqualTo(accepted.size());
            assertThat(totals.received())
                    .isEqualTo(totals.notDone().open()
                            + totals.done()
                            + totals.notDone().dead()
                            + totals.notDone().discarded());
            assertThat(totals.notDone().unaccounted()).as("contradictions").isZero();
            Map<State, Long> byHand = new HashMap<>();
            List<Life> open = lives(rows, byHand);
            for (State state : State.values()) {
                long counted =
                        state == State.DONE ? totals.done() : totals.notDone().in(state);
                assertThat(counted).as(state.code()).isEqualTo(byHand.getOrDefault(state, 0L));
                if (counted > 0) {
                    met.merge(state.code(), 1, Integer::sum);
                }
            }
            assertThat(life.messages(new Filter(null, null), 0, 10_000).stream()
                            .map(message -> new Life(message.id(), message.state(), message.blockedBy()))
                            .toList())
                    .isEqualTo(open);
            lettersHoldWhatWasSent(rows);
            effectsKeepTheOrderOfTheirLane(rows);
        }

        /** The life of each message, worked out the slow way. */
        private static List<Life> lives(List<Row> rows, Map<State, Long> counts) {
            Map<String, Row> heads = heads(rows);
            List<Life> open = new ArrayList<>();
            for (Row row : rows) {
                Row head = heads.get(row.lane());
                boolean first =
                        head == null || head.id() == row.id() || row.state().equals("running");
                State state = !row.open() || first
                        ? State.valueOf(row.state().toUpperCase(java.util.Locale.ROOT))
                        : head.failed() ? State.BLOCKED : State.WAITING;
                counts.merge(state, 1L, Long::sum);
                if (row.open()) {
                    open.add(new Life(row.id(), state, state == State.BLOCKED ? head.id() : null));
                }
            }
            return open;
        }

        private void lettersHoldWhatWasSent(List<Row> rows) {
            Map<Long, byte[]> sent = new HashMap<>();
            rows.forEach(row -> sent.put(row.id(), row.payload()));
            Set<Long> withLetter = new HashSet<>();
            sane.sql("select inbox_id, payload, jsonb_array_length(history), message from dead_letter")
                    .query(row -> {
                        withLetter.add(row.getLong(1));
                        assertThat(row.getBytes(2)).isEqualTo(sent.get(row.getLong(1)));
                        assertThat(row.getInt(3)).as("history").isPositive();
                        assertThat(row.getString(4)).as("cause").isNotBlank();
                    });
            assertThat(withLetter)
                    .containsAll(rows.stream()
                            .filter(row -> row.state().equals("dead"))
                            .map(Row::id)
                            .toList());
        }

        /** What was done after a later message of its lane had its effect must have had none. */
        private void effectsKeepTheOrderOfTheirLane(List<Row> rows) {
            for (Row row : rows) {
                if (row.state().equals("done") && ended.add(row.id()) && !"SUPERSEDED".equals(row.outcome())) {
                    Long before = lastEffect.put(row.lane(), row.id());
                    assertThat(before == null || before < row.id())
                            .as("%s of %s took effect after %s", row.id(), row.lane(), before)
                            .isTrue();
                }
            }
        }

        /** Left alone on a database that is well, everything comes to an end. */
        void comesToAnEnd() {
            for (String fault : FAULTS) {
                hub.dataSource.beforeOnce(fault, () -> {});
            }
            for (int i = 0; life.notDone().open() > 0; i++) {
                assertThat(i).as("rounds").isLessThan(4 * accepted.size());
                hub.later();
                hub.worker.step();
                everythingIsAccountedFor();
            }
        }
    }

    /** Whoever asks it for words is hurt. */
    private static final class Wordless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no words");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void afterEveryStepNothingIsLostAndNothingContradicts(long seed) {
        System.out.println("InboxAccountingIT seed " + seed);
        World world = new World(seed);
        try {
            for (int i = 0; i < STEPS; i++) {
                world.step();
                world.everythingIsAccountedFor();
            }
            world.comesToAnEnd();
            System.out.println("InboxAccountingIT met " + new java.util.TreeMap<>(world.met));
            assertThat(world.met.keySet())
                    .as("something of everything")
                    .containsAll(java.util.Arrays.stream(State.values())
                            .map(State::code)
                            .toList());
        } finally {
            world.hub.close();
        }
    }
}
