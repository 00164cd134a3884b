package io.stockhub.stock.jdbc;

import io.stockhub.stock.DiscrepancyKind;
import io.stockhub.stock.ledger.Book;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Locks and reads the documents that a batch names: inbounds and transfers. */
final class DocumentReader {
    private record Open(Needs.Document document, String name, long quantity, long movementId) {}

    private final Rows rows;
    private final Map<Needs.Document, Book.Inbound> heads = new HashMap<>();
    private final Map<Needs.Document, Map<String, Long>> announced = new HashMap<>();
    private final List<Open> open = new ArrayList<>();
    private final Map<String, Book.Transfer> transfers = new HashMap<>();

    DocumentReader(Rows rows) {
        this.rows = rows;
    }

    /** Adds to the needs the SKUs of which all that a document carries is needed. */
    void lock(Needs needs) throws SQLException {
        if (!needs.inbounds.isEmpty()) {
            inbounds(needs);
        }
        if (!needs.transfers.isEmpty()) {
            rows.query(
                    "select transfer_id, from_location, to_location from transfer where transfer_id = any (?)",
                    row -> transfers.put(row.getString(1), new Book.Transfer(row.getString(2), row.getString(3))),
                    rows.texts(needs.transfers));
        }
        if (!needs.endingTransfers.isEmpty()) {
            rows.query(
                    "select distinct sku from account where holder = any (?) and holder <> '' and state = 'in_transit'",
                    row -> needs.skus.add(row.getString(1)),
                    rows.texts(needs.endingTransfers));
        }
    }

    private void inbounds(Needs needs) throws SQLException {
        List<String> locations = new ArrayList<>();
        List<String> references = new ArrayList<>();
        needs.inbounds.forEach(document -> {
            locations.add(document.location());
            references.add(document.reference());
        });
        rows.query(
                """
                select location, reference, closed_at is not null, since from inbound
                where (location, reference) in (select * from unnest(?::text[], ?::text[]))
                order by location, reference for update""",
                row -> heads.put(
                        new Needs.Document(row.getString(1), row.getString(2)),
                        new Book.Inbound(row.getBoolean(3), row.getLong(4), Map.of())),
                rows.texts(locations),
                rows.texts(references));
        if (heads.isEmpty()) {
            return;
        }
        rows.query(
                """
                select location, reference, sku, announced from inbound_line
                where (location, reference) in (select * from unnest(?::text[], ?::text[]))""",
                row -> {
                    announced
                            .computeIfAbsent(
                                    new Needs.Document(row.getString(1), row.getString(2)), any -> new HashMap<>())
                            .put(row.getString(3), row.getLong(4));
                    needs.skus.add(row.getString(3));
                },
                rows.texts(locations),
                rows.texts(references));
        rows.query(
                """
                select location, reference, sku, kind, quantity, coalesce(movement_id, 0) from discrepancy
                where document = 'inbound' and resolution is null
                  and (location, reference) in (select * from unnest(?::text[], ?::text[]))""",
                row -> open.add(new Open(
                        new Needs.Document(row.getString(1), row.getString(2)),
                        DiscrepancyKind.of(row.getString(4)).named(row.getString(3)),
                        row.getLong(5),
                        row.getLong(6))),
                rows.texts(locations),
                rows.texts(references));
    }

    void fill(Book book) {
        heads.forEach((document, head) -> book.addInbound(
                document.location(),
                document.reference(),
                new Book.Inbound(head.closed(), head.since(), announced.getOrDefault(document, Map.of()))));
        open.forEach(found -> book.addDiscrepancy(
                found.document().location(),
                found.document().reference(),
                found.name(),
                found.quantity(),
                found.movementId()));
        transfers.forEach(book::addTransfer);
    }
}
