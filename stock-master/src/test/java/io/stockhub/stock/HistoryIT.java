package io.stockhub.stock;

import static io.stockhub.stock.Command.Policy.ALL_OR_NOTHING;
import static io.stockhub.stock.Command.Policy.BACKORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.StockQueries.AsOf;
import io.stockhub.stock.StockQueries.Place;
import io.stockhub.stock.StockQueries.PostingView;
import io.stockhub.stock.jdbc.SkuMarks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stock as of any past moment, as known at any past moment, and the life of a SKU. */
class HistoryIT {
    private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T08:00:00Z");

    private StockFixture stock;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        stock.sku("MUG");
    }

    @AfterEach
    void close() throws Exception {
        stock.close();
    }

    private static Command.Line line(String sku, long quantity) {
        return new Command.Line(sku, quantity);
    }

    private Answer.Moved move(
            MovementKind kind,
            String location,
            String reference,
            Instant occurredAt,
            MoveDetails details,
            Command.Line... lines) {
        return (Answer.Moved) stock.master.execute(
                new Command.Move(kind, location, reference, null, occurredAt, "tester", null, details, List.of(lines)));
    }

    private long available(AsOf asOf) {
        return stock.queries.stock("TEE", asOf).orElseThrow().places().stream()
                .mapToLong(place -> place.states().getOrDefault(StockState.AVAILABLE, 0L))
                .sum();
    }

    @Test
    void whatIsWrittenDownLateCountsForItsDayButWasNotKnownThen() {
        Instant recorded = move(MovementKind.RECEIPT, "NORTH", "PO", TUESDAY, MoveDetails.NONE, line("TEE", 5))
                .recordedAt();
        Instant late = move(MovementKind.RECEIPT, "NORTH", "PO", MONDAY, MoveDetails.NONE, line("TEE", 2))
                .recordedAt();

        assertThat(available(AsOf.NOW)).isEqualTo(7);
        assertThat(available(new AsOf(MONDAY, null)))
                .as("of Monday, as we know now")
                .isEqualTo(2);
        assertThat(available(new AsOf(MONDAY, recorded)))
                .as("of Monday, as we knew when the first was recorded")
                .isZero();
        assertThat(available(new AsOf(null, recorded))).isEqualTo(5);
        assertThat(available(new AsOf(TUESDAY, late))).isEqualTo(7);
        assertThat(available(new AsOf(MONDAY.minusSeconds(1), null))).isZero();
        assertThat(stock.queries.stock("NONE", new AsOf(MONDAY, null))).isEmpty();
    }

    @Test
    void whatIsExpectedIsByDateAndWhatNobodyDatedComesLast() {
        stock.receive("TEE", "NORTH", 10);
        move(MovementKind.TRANSFER_SHIP, "NORTH", "T-1", null, MoveDetails.to("SOUTH", TUESDAY), line("TEE", 4));
        move(MovementKind.EXPECT, "SOUTH", "ASN-1", null, MoveDetails.expectedAt(MONDAY), line("TEE", 6));
        move(MovementKind.EXPECT, "SOUTH", "ASN-2", null, MoveDetails.expectedAt(null), line("TEE", 1));

        StockQueries.SkuStock found = stock.queries.stock("TEE", AsOf.NOW).orElseThrow();

        assertThat(found.expected())
                .containsExactly(
                        new StockQueries.Expected(LocalDate.parse("2026-03-02"), 6),
                        new StockQueries.Expected(LocalDate.parse("2026-03-03"), 4),
                        new StockQueries.Expected(null, 1));
        Place south = found.places().get(1);
        assertThat(south.states()).isEqualTo(Map.of(StockState.IN_TRANSIT, 4L, StockState.EXPECTED, 7L));
        assertThat(south.details())
                .extracting(units -> units.detail().holder())
                .containsExactly("T-1", "ASN-1", "ASN-2");
        assertThat(found.places().getFirst().details()).as("plain units").isEmpty();
        assertThat(stock.queries
                        .stock("TEE", new AsOf(MONDAY, null))
                        .orElseThrow()
                        .expected())
                .isEmpty();
    }

    @Test
    void aBundleSaysWhatItIsMadeOf() throws SQLException {
        stock.sku("SET");
        stock.sku("PAIR");
        try (Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into sku_component (sku, component, quantity) values"
                    + " ('SET', 'PAIR', 2), ('SET', 'MUG', 1), ('PAIR', 'TEE', 2)");
        }
        assertThat(stock.queries.stock("SET", AsOf.NOW).orElseThrow().components())
                .containsExactly(new StockQueries.Component("MUG", 1), new StockQueries.Component("TEE", 4));
        assertThat(stock.queries.stock("TEE", AsOf.NOW).orElseThrow().components())
                .isEmpty();
    }

    @Test
    void everyPostingNamesItsCauseAndWhatThereWasAfterIt() {
        long receipt = move(MovementKind.RECEIPT, "NORTH", "PO-1", null, MoveDetails.NONE, line("TEE", 10))
                .movementId();
        Reservation order = stock.held(stock.master.execute(stock.order("1001", ALL_OR_NOTHING, line("TEE", 3))));
        stock.master.execute(new Command.Ship(order.reservationId(), "tester", null, List.of()));
        move(MovementKind.TRANSFER_SHIP, "NORTH", "T-1", null, MoveDetails.to("SOUTH", null), line("TEE", 2));
        long adjusted = ((Answer.Moved) stock.adjust("TEE", "NORTH", 1)).movementId();
        stock.master.execute(new Command.Reverse(adjusted, "wrong", "tester", null));

        List<PostingView> life = stock.queries.postings("TEE", 0, 100);

        assertThat(life).extracting(PostingView::onHand).containsExactly(10L, 10L, 7L, 5L, 6L, 5L);
        assertThat(life).extracting(PostingView::available).containsExactly(10L, 7L, 7L, 5L, 6L, 5L);
        assertThat(life.get(1).order()).isEqualTo(new StockQueries.OrderRef(order.reservationId(), "shop", "1001"));
        assertThat(life.get(3).fromLocation()).isEqualTo("NORTH");
        assertThat(life.get(3).location()).isEqualTo("SOUTH");
        assertThat(life.get(3).toDetail().holder()).isEqualTo("T-1");
        assertThat(life.get(4).reversedBy()).isEqualTo(life.get(5).movementId());
        assertThat(life.get(5).reverses()).isEqualTo(adjusted);
        assertThat(stock.queries.postings("TEE", receipt, 2))
                .as("a page begins with what the pages before it left")
                .isEqualTo(life.subList(1, 3));
    }

    private record Fact(
            Instant occurred,
            Instant recorded,
            String sku,
            String from,
            String to,
            String fromAt,
            String toAt,
            long quantity) {}

    /** Seals what is there and writes marks, one every {@code interval} postings of a SKU. */
    private void mark(int interval) {
        stock.sealAll();
        SkuMarks marks = new SkuMarks(stock.dataSource(), 7, interval);
        while (marks.step().isZero()) {
            // there is more
        }
    }

    @Test
    void anyMomentOfARandomHistoryIsWhatABruteForceSumOfItsPostingsSays() throws SQLException {
        anyMoment(0);
    }

    @Test
    void anyMomentIsTheSameReadFromMarksThatWereWrittenAsItWentOn() throws SQLException {
        anyMoment(3);
        assertThat(stock.number("select count(*) from sku_mark")).isGreaterThan(10);
        assertThat(stock.queries.verify().passes())
                .as("%s", stock.queries.verify())
                .isTrue();
    }

    private void anyMoment(int interval) throws SQLException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 250; i++) {
            stock.master.execute(command(random, i));
            if (interval > 0 && random.nextInt(20) == 0) {
                mark(interval);
            }
        }
        List<Fact> facts = facts();
        assertThat(facts).hasSizeGreaterThan(150);

        for (int i = 0; i < 60; i++) {
            AsOf asOf = asOf(random, facts);
            for (String sku : List.of("TEE", "MUG")) {
                Map<String, Map<StockState, Long>> found = new TreeMap<>();
                stock.queries.stock(sku, asOf).orElseThrow().places().stream()
                        .filter(place -> !place.states().isEmpty())
                        .forEach(place -> found.put(place.location(), place.states()));
                assertThat(found).as("seed %d, %s %s", seed, sku, asOf).isEqualTo(sum(facts, sku, asOf));
            }
        }
        for (String sku : List.of("TEE", "MUG")) {
            long onHand = 0;
            long available = 0;
            List<PostingView> life = byPages(sku);
            for (PostingView posting : life) {
                onHand += change(posting, StockState::onHand);
                available += change(posting, state -> state == StockState.AVAILABLE);
                assertThat(posting.onHand()).as("seed %d: %s", seed, posting).isEqualTo(onHand);
                assertThat(posting.available()).as("seed %d: %s", seed, posting).isEqualTo(available);
            }
            assertThat(available).isEqualTo(stock.available(sku, "NORTH") + stock.available(sku, "SOUTH"));
        }
    }

    /** A full page may end within a movement, which then begins the next. */
    private List<PostingView> byPages(String sku) {
        List<PostingView> life = new ArrayList<>();
        while (true) {
            List<PostingView> page = stock.queries.postings(
                    sku, life.isEmpty() ? 0 : life.getLast().movementId(), 20);
            if (page.size() < 20) {
                life.addAll(page);
                return life;
            }
            page.stream()
                    .filter(posting -> posting.movementId() != page.getLast().movementId())
                    .forEach(life::add);
        }
    }

    @Test
    void aMarkIsReadAndNotThePostingsBeforeIt() {
        for (int i = 0; i < 5; i++) {
            stock.receive("TEE", "NORTH", 1);
        }
        Instant then = Instant.now().plusSeconds(60);
        long fourth = stock.number("select movement_id from movement order by movement_id offset 3 limit 1");
        mark(2);
        assertThat(stock.rows("select movement_id || quantities::text from sku_mark order by movement_id"))
                .hasSize(2)
                .last()
                .isEqualTo(fourth + "{-4,4}");
        stock.sql("update sku_mark set quantities = '{-40,40}' where movement_id = ?", fourth);

        assertThat(available(new AsOf(then, null))).isEqualTo(41);
        assertThat(stock.queries.postings("TEE", fourth, 1).getFirst().onHand()).isEqualTo(41);
        assertThat(stock.queries.verify().findings())
                .extracting(StockQueries.LedgerFinding::what)
                .containsOnly("mark of TEE at movement " + fourth);
    }

    @Test
    void twoHubsWriteEachMarkOnce() throws Exception {
        for (int i = 0; i < 9; i++) {
            stock.receive("TEE", "NORTH", 1);
        }
        stock.sealAll();
        try (Connection other = stock.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select 1 from mark_head for update");
            assertThat(new SkuMarks(stock.dataSource(), 100, 2).step()).isPositive();
            assertThat(stock.rows("select 1 from sku_mark")).isEmpty();
            other.rollback();
        }
        mark(2);
        assertThat(stock.number("select count(*) from sku_mark")).isEqualTo(4);
    }

    private static long change(PostingView posting, java.util.function.Predicate<StockState> in) {
        return (in.test(posting.to()) ? posting.quantity() : 0) - (in.test(posting.from()) ? posting.quantity() : 0);
    }

    private Command command(Random random, int number) {
        Command.Line line = line(random.nextBoolean() ? "TEE" : "MUG", 1 + random.nextInt(6));
        String location = random.nextBoolean() ? "NORTH" : "SOUTH";
        Instant late = random.nextBoolean() ? null : MONDAY.plusSeconds(random.nextInt(200_000));
        long some = 1 + random.nextInt(1 + (int) stock.number("select last_value from ledger_sequence"));
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> plain(MovementKind.RECEIPT, location, late, line);
            case 3 -> plain(MovementKind.ADJUSTMENT, location, late, line(line.sku(), -line.quantity()));
            case 4 -> plain(MovementKind.DAMAGE, location, late, line);
            case 5 -> new Command.Ship(some, "t", null, List.of());
            case 6 -> new Command.Reverse(any(random, some), "wrong", "t", null);
            default -> new Command.Reserve("shop", "o" + number, BACKORDER, null, late, "t", null, List.of(line));
        };
    }

    private long any(Random random, long otherwise) {
        long movements = stock.number("select count(*) from movement");
        return movements == 0
                ? otherwise
                : stock.number("select movement_id from movement order by movement_id offset "
                        + random.nextInt((int) movements) + " limit 1");
    }

    private static Command plain(MovementKind kind, String location, Instant occurredAt, Command.Line line) {
        return new Command.Move(kind, location, null, null, occurredAt, "t", null, List.of(line));
    }

    private List<Fact> facts() throws SQLException {
        List<Fact> facts = new ArrayList<>();
        try (Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(
                        """
                        select m.occurred_at, m.recorded_at, p.sku, f.state, t.state, f.location, t.location, p.quantity
                        from posting p, movement m, account f, account t
                        where m.movement_id = p.movement_id and f.account_id = p.from_account
                          and t.account_id = p.to_account""")) {
            while (row.next()) {
                facts.add(new Fact(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getLong(8)));
            }
        }
        return facts;
    }

    /** Moments at, and one microsecond before, something; and none. */
    private static AsOf asOf(Random random, List<Fact> facts) {
        Fact one = facts.get(random.nextInt(facts.size()));
        Fact other = facts.get(random.nextInt(facts.size()));
        Instant at = one.occurred().minusNanos(random.nextInt(2) * 1_000L);
        Instant knownAt = other.recorded().minusNanos(random.nextInt(2) * 1_000L);
        return new AsOf(random.nextInt(4) == 0 ? null : at, random.nextInt(4) == 0 ? null : knownAt);
    }

    private static Map<String, Map<StockState, Long>> sum(List<Fact> facts, String sku, AsOf asOf) {
        Map<String, Map<StockState, Long>> sums = new TreeMap<>();
        for (Fact fact : facts) {
            boolean happened = asOf.at() == null || !fact.occurred().isAfter(asOf.at());
            boolean known = asOf.knownAt() == null || !fact.recorded().isAfter(asOf.knownAt());
            if (happened && known && fact.sku().equals(sku)) {
                add(sums, fact.fromAt(), StockState.of(fact.from()), -fact.quantity());
                add(sums, fact.toAt(), StockState.of(fact.to()), fact.quantity());
            }
        }
        sums.values().forEach(states -> states.values().removeIf(quantity -> quantity == 0));
        sums.values().removeIf(Map::isEmpty);
        return sums;
    }

    private static void add(Map<String, Map<StockState, Long>> sums, String location, StockState state, long quantity) {
        if (!state.outside()) {
            sums.computeIfAbsent(location, any -> new TreeMap<>()).merge(state, quantity, Long::sum);
        }
    }
}
