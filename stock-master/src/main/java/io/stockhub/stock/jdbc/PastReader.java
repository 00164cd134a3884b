package io.stockhub.stock.jdbc;

import io.stockhub.stock.MovementKind;
import io.stockhub.stock.StockState;
import io.stockhub.stock.ledger.Account;
import io.stockhub.stock.ledger.Book;
import io.stockhub.stock.ledger.Effects;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads movements that are to be reversed. They never change, so that they are read before anything is locked. */
final class PastReader {
    private final Rows rows;

    PastReader(Rows rows) {
        this.rows = rows;
    }

    /** The movements with their postings; adds to the needs what their reversal touches. */
    Map<Long, Book.Past> movements(Needs needs) throws SQLException {
        Map<Long, Book.Past> past = new LinkedHashMap<>();
        if (needs.movements.isEmpty()) {
            return past;
        }
        Map<Long, List<Effects.Posting>> postings = postings(needs);
        rows.query(
                "select movement_id, kind, reference from movement where movement_id = any (?)",
                row -> {
                    List<Effects.Posting> of = postings.getOrDefault(row.getLong(1), List.of());
                    MovementKind kind = MovementKind.of(row.getString(2));
                    past.put(row.getLong(1), new Book.Past(kind, row.getString(3), false, List.copyOf(of)));
                    if (kind == MovementKind.RECEIPT && row.getString(3) != null && !of.isEmpty()) {
                        needs.inbounds.add(new Needs.Document(of.getFirst().to().location(), row.getString(3)));
                    }
                },
                rows.numbers(needs.movements));
        return past;
    }

    /** The same movements with what is known of their reversal, read under the locks. */
    Map<Long, Book.Past> stillThere(Map<Long, Book.Past> past) throws SQLException {
        if (past.isEmpty()) {
            return past;
        }
        Set<Long> reversed = new HashSet<>();
        rows.query(
                "select reverses from movement where reverses = any (?)",
                row -> reversed.add(row.getLong(1)),
                rows.numbers(past.keySet()));
        Map<Long, Book.Past> now = new LinkedHashMap<>();
        past.forEach((id, movement) -> now.put(
                id, new Book.Past(movement.kind(), movement.reference(), reversed.contains(id), movement.postings())));
        return now;
    }

    private Map<Long, List<Effects.Posting>> postings(Needs needs) throws SQLException {
        Map<Long, List<Effects.Posting>> postings = new HashMap<>();
        rows.query(
                """
                select p.movement_id, p.line, p.quantity, p.unit_cost, p.reservation_id, p.reservation_line,
                       f.sku, f.location, f.state, f.lot, f.serial, f.bin, f.pool, f.holder,
                       t.sku, t.location, t.state, t.lot, t.serial, t.bin, t.pool, t.holder
                from posting p
                join account f on f.account_id = p.from_account join account t on t.account_id = p.to_account
                where p.movement_id = any (?) order by p.movement_id, p.line""",
                row -> {
                    Account from = BookReader.account(row, 7);
                    Account to = BookReader.account(row, 15);
                    Long reservationId = row.getObject(5, Long.class);
                    postings.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                            .add(new Effects.Posting(
                                    row.getLong(1),
                                    row.getInt(2),
                                    from,
                                    to,
                                    row.getLong(3),
                                    row.getBigDecimal(4),
                                    reservationId == null
                                            ? null
                                            : new Effects.OrderLine(reservationId, row.getInt(6))));
                    needs(needs, from, to, reservationId == null ? 0 : reservationId, row.getBigDecimal(4) != null);
                },
                rows.numbers(needs.movements));
        return postings;
    }

    private static void needs(Needs needs, Account from, Account to, long reservationId, boolean cost) {
        needs.skus.add(from.sku());
        if (from.state() == StockState.AVAILABLE) {
            needs.arriving.add(from.sku());
        }
        if (reservationId != 0) {
            needs.release(reservationId);
        }
        if (cost) {
            needs.costs.add(from.sku());
        }
        for (Account account : List.of(from, to)) {
            if (account.state() == StockState.EXPECTED) {
                needs.inbounds.add(
                        new Needs.Document(account.location(), account.detail().holder()));
            }
            if (!account.detail().lot().isEmpty()) {
                needs.lots
                        .computeIfAbsent(account.sku(), sku -> new HashSet<>())
                        .add(account.detail().lot());
            }
        }
    }
}
