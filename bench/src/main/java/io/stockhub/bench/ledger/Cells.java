package io.stockhub.bench.ledger;

import io.stockhub.bench.Cell;
import io.stockhub.bench.Medians;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cells of one contender under one load, round by round. */
final class Cells {
    private Cells() {}

    static List<Double> perSecond(@Nullable List<Cell> rounds) {
        return rounds == null ? List.of() : rounds.stream().map(Cell::perSecond).toList();
    }

    /** Each figure's own median. */
    static Cell median(List<Cell> rounds) {
        Cell first = rounds.getFirst();
        return new Cell(
                first.contender(),
                first.load(),
                first.callers(),
                Medians.median(perSecond(rounds)),
                of(rounds, Cell::databaseMicros),
                Medians.median(rounds.stream().map(Cell::processMicros).toList()),
                Medians.median(rounds.stream().map(Cell::walBytes).toList()),
                of(rounds, Cell::p50Millis),
                of(rounds, Cell::p99Millis));
    }

    private static @Nullable Double of(List<Cell> rounds, Function<Cell, @Nullable Double> field) {
        List<Double> known = rounds.stream().map(field).filter(Objects::nonNull).toList();
        return known.isEmpty() ? null : (Double) Medians.median(known);
    }
}
