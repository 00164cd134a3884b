package io.stockhub.bench.ledger;

import io.stockhub.bench.BrokenPromiseException;
import io.stockhub.bench.Case;
import io.stockhub.bench.Cell;
import io.stockhub.bench.Medians;
import io.stockhub.bench.Pace;
import io.stockhub.bench.Progress;
import io.stockhub.bench.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an order costs the database in a ledger with a long past, against one that begins: the same server, round by round.
 *
 * @param orders of the past, two movements each
 * @param settling orders that both ledgers take after the checkpoint and before the first round; what they cost is shown
 */
record GrowthCase(String name, Workload workload, int callers, int orders, int settling) implements Case<Stage> {

    @Override
    public String title() {
        return String.format(Locale.ROOT, "cost of an order after %,d movements, against none", 2 * orders);
    }

    @Override
    public When when() {
        return When.IN_FULL;
    }

    @Override
    public Outcome run(Stage stage, Pace pace, Progress progress) throws SQLException, InterruptedException {
        try (Stage grown = stage.beside("grown")) {
            grown.reset(workload, Workload.PLENTY);
            GrownLedger.load(grown, workload, orders, progress);
            stage.reset(workload, Workload.PLENTY);
            Pace until = new Pace(1, pace.warmUp(), pace.warmUp());
            Cell fresh = settle(grown, until);
            settle(stage, until);
            List<Cell> empty = new ArrayList<>();
            List<Cell> full = new ArrayList<>();
            for (int round = 0; round < pace.rounds(); round++) {
                boolean emptyFirst = round % 2 == 0;
                Cell first = measure(emptyFirst ? stage : grown, pace);
                Cell second = measure(emptyFirst ? grown : stage, pace);
                empty.add(emptyFirst ? first : second);
                full.add(emptyFirst ? second : first);
                progress.detail("round " + (round + 1) + " of " + pace.rounds());
            }
            check(grown);
            check(stage);
            List<Row> rows = new ArrayList<>();
            if (full.stream().allMatch(cell -> cell.databaseMicros() != null)) {
                rows.add(row("database CPU, µs", 1.2, full, empty, Cell::databaseMicros));
            }
            rows.add(row("log, bytes", 1.5, full, empty, Cell::walBytes));
            rows.add(Row.of(title() + ", log right after a checkpoint, bytes", fresh.walBytes()));
            return new Outcome(rows, List.of(named("empty", empty), named("grown", full)));
        }
    }

    /** Until so many orders are taken; gives what the first of them cost. */
    private Cell settle(Stage on, Pace pace) throws SQLException, InterruptedException {
        long there = on.number("select count(*) from reservation");
        Cell first = measure(on, pace);
        while (on.number("select count(*) from reservation") < there + settling) {
            measure(on, pace);
        }
        return first;
    }

    private Cell measure(Stage on, Pace pace) throws SQLException, InterruptedException {
        try (Contender product = Kind.PRODUCT.open(on)) {
            return ClosedLoop.run(on, product, workload, callers, pace).cell();
        }
    }

    private Row row(
            String what, double most, List<Cell> full, List<Cell> empty, Function<Cell, @Nullable Double> field) {
        List<Double> over = full.stream().map(field).filter(Objects::nonNull).toList();
        List<Double> under = empty.stream().map(field).filter(Objects::nonNull).toList();
        double ratio = Medians.median(Medians.ratios(over, under));
        return new Row(
                title() + ", " + what,
                Medians.median(over),
                Medians.median(under),
                ratio,
                "≤ " + most + " × empty",
                false,
                ratio <= most);
    }

    private static Cell named(String contender, List<Cell> rounds) {
        Cell of = Cells.median(rounds);
        return new Cell(
                contender,
                "growth",
                of.callers(),
                of.perSecond(),
                of.databaseMicros(),
                of.processMicros(),
                of.walBytes(),
                null,
                null);
    }

    /** @throws BrokenPromiseException when the books do not add up */
    private static void check(Stage stage) throws SQLException {
        long odd = stage.number(
                """
                select count(*) from (
                  select account_id, sum(change) as quantity from (
                    select from_account as account_id, -quantity as change from posting
                    union all select to_account, quantity from posting) change
                  group by account_id) moved
                full join account a using (account_id) where coalesce(a.quantity, 0) <> coalesce(moved.quantity, 0)""");
        odd += stage.number("select count(*) from account where quantity < 0 and state <> 'supplier'");
        if (odd != 0) {
            throw new BrokenPromiseException(odd + " accounts are not the sum of their postings, or below zero");
        }
    }
}
