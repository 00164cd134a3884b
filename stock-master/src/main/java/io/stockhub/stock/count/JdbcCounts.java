package io.stockhub.stock.count;

import io.stockhub.stock.Answer;
import io.stockhub.stock.CountDesk;
import io.stockhub.stock.CountState;
import io.stockhub.stock.CountState.Event;
import io.stockhub.stock.InvalidCommandException;
import io.stockhub.stock.Limits;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts in PostgreSQL. Whoever changes a count locks its row first; the ledger never touches it, so that the lock can
 * be kept while the ledger decides.
 */
public final class JdbcCounts implements CountDesk {
    private final Sql sql;
    private final StockMaster master;

    public JdbcCounts(DataSource dataSource, StockMaster master) {
        this.sql = new Sql(dataSource);
        this.master = master;
    }

    @Override
    public Result open(Opening opening) {
        return sql.transaction(session -> {
            Shelves shelves = new Shelves(session, opening.location());
            Answer refusal = shelves.refusal();
            if (refusal == null) {
                refusal = shelves.refusal(opening.lines());
            }
            if (refusal != null) {
                return new Result.Rejected(refusal);
            }
            Shelves.Plan plan = shelves.plan(opening);
            Shelves.apart(plan.spots());
            String request = request(opening);
            Optional<Long> made = session.first(
                    """
                    insert into stock_count (location, blind, tolerance, state, opened_by, open_key, open_request)
                    values (?, ?, ?, 'open', ?, ?, ?) on conflict (open_key) do nothing returning count_id""",
                    row -> row.getLong(1),
                    opening.location(),
                    opening.blind(),
                    opening.tolerance(),
                    opening.actor(),
                    opening.key(),
                    request);
            if (made.isEmpty()) {
                return openedBefore(session, opening, request);
            }
            addLines(session, made.get(), 0, plan.spots(), true);
            Count count = new CountReader(session).count(made.get()).orElseThrow();
            return new Result.Opened(count, plan.notCounted(), false);
        });
    }

    private record Former(long countId, String request) {}

    private static Result openedBefore(Sql.Session session, Opening opening, String request) throws SQLException {
        Former former = session.first(
                        "select count_id, open_request from stock_count where open_key = ?",
                        row -> new Former(row.getLong(1), row.getString(2)),
                        opening.key())
                .orElseThrow();
        if (!former.request().equals(request)) {
            return new Result.Rejected(new Answer.KeyConflict(String.valueOf(opening.key())));
        }
        return new Result.Opened(
                new CountReader(session).count(former.countId()).orElseThrow(), List.of(), true);
    }

    /** Everything that the request asks for, so that two requests can be told apart. */
    private static String request(Opening opening) {
        return opening.location() + "\n" + opening.blind() + "\n" + opening.tolerance() + "\n" + opening.lines() + "\n"
                + opening.bins() + "\n" + opening.abc();
    }

    private static void addLines(Sql.Session session, long countId, int first, List<Spot> spots, boolean planned)
            throws SQLException {
        session.write(
                """
                insert into count_line (count_id, line, sku, bin, lot, planned)
                select ?, ? + n - 1, sku, bin, lot, ?
                from unnest(?::text[], ?::text[], ?::text[]) with ordinality as spot (sku, bin, lot, n)""",
                countId,
                first,
                planned,
                spots.stream().map(Spot::sku).toArray(String[]::new),
                spots.stream().map(spot -> text(spot.bin())).toArray(String[]::new),
                spots.stream().map(spot -> text(spot.lot())).toArray(String[]::new));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private record Noted(Line line, long counted) {}

    @Override
    public Result enter(long countId, Tallies tallies) {
        return sql.transaction(session -> {
            CountReader reader = new CountReader(session);
            Optional<Count> locked = reader.locked(countId);
            if (locked.isEmpty()) {
                return new Result.UnknownCount(countId);
            }
            Count count = locked.get();
            if (count.head().state().after(Event.COUNTED).isEmpty()) {
                return new Result.WrongState(count.head().state());
            }
            Shelves shelves = new Shelves(session, count.head().location());
            List<Spot> spots = tallies.lines().stream().map(Tally::spot).toList();
            Answer refusal = shelves.refusal(spots);
            if (refusal != null) {
                return new Result.Rejected(refusal);
            }
            shelves.needLots(spots);
            Shelves.apart(spots);
            List<Long> counted = shelves.inBaseUnits(tallies.lines());
            List<Noted> noted = noted(count, spots, counted);
            List<Line> byYou = noted.stream()
                    .filter(note -> lastBy(note.line(), tallies.actor()) && !repeats(note))
                    .map(Noted::line)
                    .toList();
            if (!byYou.isEmpty()) {
                return new Result.CountedByYou(byYou);
            }
            List<Noted> fresh = noted.stream()
                    .filter(note -> !lastBy(note.line(), tallies.actor()))
                    .toList();
            int known = count.lines().size();
            addLines(
                    session,
                    countId,
                    known,
                    fresh.stream()
                            .map(Noted::line)
                            .filter(line -> line.line() >= known)
                            .map(Line::spot)
                            .toList(),
                    false);
            write(session, count.head(), fresh, tallies.actor());
            return new Result.Done(reader.count(countId).orElseThrow(), fresh.isEmpty());
        });
    }

    /** Who counted last does not count again, since a second look is worth something only with other eyes. */
    private static boolean lastBy(Line line, String actor) {
        return line.last().filter(entry -> entry.by().equals(actor)).isPresent();
    }

    /** The same caller says the same again: an answer that was lost on its way. */
    private static boolean repeats(Noted note) {
        return note.line()
                .last()
                .filter(entry -> entry.counted() == note.counted())
                .isPresent();
    }

    /** The lines that were counted; what nobody planned to find there is a line of its own. */
    private static List<Noted> noted(Count count, List<Spot> spots, List<Long> counted) {
        Map<Spot, Line> bySpot = new HashMap<>();
        count.lines().forEach(line -> bySpot.put(line.spot(), line));
        List<Noted> noted = new ArrayList<>();
        int next = count.lines().size();
        for (int i = 0; i < spots.size(); i++) {
            Spot spot = spots.get(i);
            Line line = bySpot.get(spot);
            if (line == null) {
                String path = "lines[" + i + "]";
                count.lines().stream()
                        .filter(other -> other.spot().meets(spot))
                        .findFirst()
                        .ifPresent(other -> {
                            throw new InvalidCommandException(
                                    path,
                                    "some of its units belong to line " + other.line() + " of the count, "
                                            + shown(other.spot())
                                            + " (expected: that line, or units that no line has)");
                        });
                line = new Line(next++, spot, false, Progress.UNCOUNTED, List.of());
            }
            noted.add(new Noted(line, counted.get(i)));
        }
        if (next > Limits.LINES_MAX) {
            throw new InvalidCommandException(
                    "lines", next + " lines in the count (expected: at most " + Limits.LINES_MAX + ")");
        }
        return noted;
    }

    private static String shown(Spot spot) {
        return spot.sku()
                + (spot.bin() == null ? "" : " in bin " + spot.bin())
                + (spot.lot() == null ? "" : " of lot " + spot.lot());
    }

    /** One statement sees one moment: what the books say is noted with what was counted. */
    private static void write(Sql.Session session, Head head, List<Noted> noted, String actor) throws SQLException {
        session.write(
                """
                insert into count_entry (count_id, line, round, counted, booked, actor, counted_at)
                select ?, e.line, e.round, e.counted,
                       coalesce((select sum(a.quantity) from account a
                                 where a.sku = l.sku and a.location = ? and a.state in """
                        + Shelves.COUNTED_STATES
                        + """

                                   and (l.bin = '' or a.bin = l.bin) and (l.lot = '' or a.lot = l.lot)), 0),
                       ?, clock_timestamp()
                from unnest(?::int[], ?::int[], ?::bigint[]) as e (line, round, counted)
                join count_line l on l.count_id = ? and l.line = e.line""",
                head.countId(),
                head.location(),
                actor,
                noted.stream().map(note -> note.line().line()).toArray(Integer[]::new),
                noted.stream().map(note -> note.line().entries().size()).toArray(Integer[]::new),
                noted.stream().map(Noted::counted).toArray(Long[]::new),
                head.countId());
    }

    /** First it is written that the count is final, then the ledger moves: whoever comes after a crash goes on. */
    @Override
    public Result post(long countId, String actor) {
        Result begun = sql.transaction(session -> begin(session, countId, actor));
        if (!(begun instanceof Result.Done)) {
            return begun;
        }
        return sql.transaction(session -> {
            Count count = new CountReader(session).locked(countId).orElseThrow();
            return count.head().state() == CountState.POSTING
                    ? move(session, count)
                    : count.head().state() == CountState.POSTED
                            ? new Result.Done(count, true)
                            : new Result.WrongState(count.head().state());
        });
    }

    private static Result begin(Sql.Session session, long countId, String actor) throws SQLException {
        CountReader reader = new CountReader(session);
        Optional<Count> locked = reader.locked(countId);
        if (locked.isEmpty()) {
            return new Result.UnknownCount(countId);
        }
        Count count = locked.get();
        Optional<CountState> after = count.head().state().after(Event.POST);
        if (after.isEmpty()) {
            return new Result.WrongState(count.head().state());
        }
        if (count.head().state() != CountState.OPEN) {
            return new Result.Done(count, true);
        }
        List<Line> uncounted = lines(count, Progress.UNCOUNTED);
        List<Line> recount = lines(count, Progress.RECOUNT);
        if (!uncounted.isEmpty() || !recount.isEmpty()) {
            return new Result.NotSettled(uncounted, recount);
        }
        session.write(
                "update stock_count set state = ?, posted_by = ? where count_id = ?",
                after.get().code(),
                actor,
                countId);
        return new Result.Done(reader.count(countId).orElseThrow(), false);
    }

    private static List<Line> lines(Count count, Progress progress) {
        return count.lines().stream()
                .filter(line -> line.progress() == progress)
                .toList();
    }

    private Result move(Sql.Session session, Count count) throws SQLException {
        Head head = count.head();
        Answer answer = count.lines().isEmpty() ? null : master.execute(CountMovement.of(count));
        if (answer == null || answer instanceof Answer.Moved) {
            Long movementId =
                    answer instanceof Answer.Moved moved && moved.movementId() != 0 ? moved.movementId() : null;
            session.write(
                    "update stock_count set state = ?, movement_id = ?, ended_at = clock_timestamp() where count_id = ?",
                    after(head, Event.TAKEN),
                    movementId,
                    head.countId());
            return new Result.Done(
                    new CountReader(session).count(head.countId()).orElseThrow(), false);
        }
        session.write(
                "update stock_count set state = ?, posted_by = null where count_id = ?",
                after(head, Event.REFUSED),
                head.countId());
        return answer instanceof Answer.InsufficientStock(List<Answer.Shortage> shortages)
                ? new Result.HeldByOrders(shortages, CountMovement.holders(session, head, shortages))
                : new Result.Rejected(answer);
    }

    private static String after(Head head, Event event) {
        return head.state().after(event).orElseThrow().code();
    }

    @Override
    public Result cancel(long countId, String actor) {
        return sql.transaction(session -> {
            CountReader reader = new CountReader(session);
            Optional<Count> locked = reader.locked(countId);
            if (locked.isEmpty()) {
                return new Result.UnknownCount(countId);
            }
            Head head = locked.get().head();
            Optional<CountState> after = head.state().after(Event.CANCEL);
            if (after.isEmpty()) {
                return new Result.WrongState(head.state());
            }
            if (after.get() == head.state()) {
                return new Result.Done(locked.get(), true);
            }
            session.write(
                    "update stock_count set state = ?, ended_at = clock_timestamp() where count_id = ?",
                    after.get().code(),
                    countId);
            return new Result.Done(reader.count(countId).orElseThrow(), false);
        });
    }

    @Override
    public Optional<Count> count(long countId) {
        return sql.transaction(session -> new CountReader(session).count(countId));
    }

    @Override
    public List<Head> counts(@Nullable Boolean open, @Nullable String location, long after, int limit) {
        String state = open == null
                ? ""
                : open ? " and state in ('open', 'posting')" : " and state not in ('open', 'posting')";
        return sql.list(
                CountReader.HEADS + "where count_id > ? and (?::text is null or location = ?)" + state
                        + " order by count_id limit ?",
                CountReader::head,
                after,
                location,
                location,
                limit);
    }
}
