package io.stockhub.stock.jdbc;

import io.stockhub.stock.Command;
import io.stockhub.stock.ledger.Effects;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds to a request what a batch means beside stock and orders: lots, transfers, inbounds, discrepancies, costs. */
final class DocumentWriter {
    private final Request request;
    private final Effects effects;
    private final OffsetDateTime recordedAt;

    DocumentWriter(Request request, Effects effects, OffsetDateTime recordedAt) {
        this.request = request;
        this.effects = effects;
        this.recordedAt = recordedAt;
    }

    void add() throws SQLException {
        lots();
        transfers();
        inbounds();
        discrepancies();
        closings();
        Columns.of(request.connection(), effects.reversed())
                .value(recordedAt)
                .array("bigint", movementId -> movementId)
                .into(
                        request,
                        """
                        update discrepancy set resolution = 'reversed', resolved_at = ?
                        where resolution is null and movement_id = any (?)""");
        Columns.of(request.connection(), effects.costs().entrySet())
                .array("text", Map.Entry::getKey)
                .array("numeric", Map.Entry::getValue)
                .into(
                        request,
                        """
                        insert into sku_cost (sku, average) select * from unnest(?::text[], ?::numeric[])
                        on conflict (sku) do update set average = excluded.average""");
    }

    private record LotKey(String sku, String lot) {}

    private void lots() throws SQLException {
        Map<LotKey, Effects.Lot> lots = new LinkedHashMap<>();
        effects.lots()
                .forEach(lot -> lots.merge(
                        new LotKey(lot.sku(), lot.lot()),
                        lot,
                        (before, after) -> after.expiry() == null ? before : after));
        Columns.of(request.connection(), lots.values())
                .array("text", Effects.Lot::sku)
                .array("text", Effects.Lot::lot)
                .array("date", lot -> lot.expiry() == null ? null : lot.expiry().toString())
                .into(
                        request,
                        """
                        insert into lot as l (sku, lot, expiry) select * from unnest(?::text[], ?::text[], ?::date[])
                        on conflict (sku, lot) do update set expiry = coalesce(l.expiry, excluded.expiry)""");
    }

    private void transfers() throws SQLException {
        Columns.of(request.connection(), effects.transfers())
                .array("text", Effects.NewTransfer::transferId)
                .array("text", Effects.NewTransfer::from)
                .array("text", Effects.NewTransfer::to)
                .array("timestamptz", transfer -> text(transfer.expectedAt()))
                .array("bigint", Effects.NewTransfer::movementId)
                .into(
                        request,
                        """
                        insert into transfer (transfer_id, from_location, to_location, expected_at, movement_id)
                        select * from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::bigint[])""");
    }

    private record Head(String location, String reference, long since, @Nullable Instant expectedAt) {}

    private record DocumentKey(String location, String reference) {}

    private record Line(String location, String reference, String sku, long announced) {}

    private record LineKey(String location, String reference, String sku) {}

    /** An inbound that another hub announced a moment ago fails here, and the batch is decided again. */
    private void inbounds() throws SQLException {
        List<Head> fresh = new ArrayList<>();
        Map<DocumentKey, Head> changed = new LinkedHashMap<>();
        Map<LineKey, Line> lines = new LinkedHashMap<>();
        for (Effects.Announcement announcement : effects.announcements()) {
            Head head = new Head(
                    announcement.location(), announcement.reference(), announcement.since(), announcement.expectedAt());
            if (announcement.isNew()) {
                fresh.add(head);
            } else {
                changed.merge(
                        new DocumentKey(head.location(), head.reference()),
                        head,
                        (before, after) -> after.expectedAt() == null ? before : after);
            }
            announcement
                    .announced()
                    .forEach((sku, units) -> lines.put(
                            new LineKey(announcement.location(), announcement.reference(), sku),
                            new Line(announcement.location(), announcement.reference(), sku, units)));
        }
        Columns.of(request.connection(), fresh)
                .array("text", Head::location)
                .array("text", Head::reference)
                .array("bigint", Head::since)
                .array("timestamptz", head -> text(head.expectedAt()))
                .into(
                        request,
                        """
                        insert into inbound (location, reference, since, expected_at)
                        select * from unnest(?::text[], ?::text[], ?::bigint[], ?::timestamptz[])""");
        Columns.of(request.connection(), changed.values())
                .array("text", Head::location)
                .array("text", Head::reference)
                .array("timestamptz", head -> text(head.expectedAt()))
                .into(
                        request,
                        """
                        update inbound i set expected_at = coalesce(h.expected_at, i.expected_at)
                        from unnest(?::text[], ?::text[], ?::timestamptz[]) as h (location, reference, expected_at)
                        where i.location = h.location and i.reference = h.reference""");
        Columns.of(request.connection(), lines.values())
                .array("text", Line::location)
                .array("text", Line::reference)
                .array("text", Line::sku)
                .array("bigint", Line::announced)
                .into(
                        request,
                        """
                        insert into inbound_line (location, reference, sku, announced)
                        select * from unnest(?::text[], ?::text[], ?::text[], ?::bigint[])
                        on conflict (location, reference, sku) do update set announced = excluded.announced""");
    }

    private void discrepancies() throws SQLException {
        Columns.of(request.connection(), effects.superseded())
                .value(recordedAt)
                .array("text", Effects.Superseded::location)
                .array("text", Effects.Superseded::reference)
                .array("text", Effects.Superseded::sku)
                .into(
                        request,
                        """
                        update discrepancy d set resolution = 'superseded', resolved_at = ?::timestamptz
                        from unnest(?::text[], ?::text[], ?::text[]) as s (location, reference, sku)
                        where d.document = 'inbound' and d.kind = 'over' and d.resolution is null
                          and d.location = s.location and d.reference = s.reference and d.sku = s.sku""");
        Columns.of(request.connection(), effects.discrepancies())
                .value(recordedAt)
                .array("text", Effects.Discrepancy::document)
                .array("text", Effects.Discrepancy::location)
                .array("text", Effects.Discrepancy::reference)
                .array("text", Effects.Discrepancy::sku)
                .array("text", found -> found.kind().code())
                .array("bigint", Effects.Discrepancy::quantity)
                .array("bigint", Effects.Discrepancy::movementId)
                .into(
                        request,
                        """
                        insert into discrepancy
                          (noted_at, document, location, reference, sku, kind, quantity, movement_id)
                        select ?::timestamptz, d.* from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                                               ?::bigint[], ?::bigint[]) d""");
    }

    private record Resolved(Effects.Closing closing, Command.Resolution resolution) {}

    private void closings() throws SQLException {
        Columns.of(request.connection(), effects.closings())
                .value(recordedAt)
                .array("text", Effects.Closing::location)
                .array("text", Effects.Closing::reference)
                .into(
                        request,
                        """
                        update inbound set closed_at = ?::timestamptz
                        where (location, reference) in (select * from unnest(?::text[], ?::text[]))""");
        List<Resolved> resolved = effects.closings().stream()
                .flatMap(closing -> closing.resolutions().stream().map(resolution -> new Resolved(closing, resolution)))
                .toList();
        Columns.of(request.connection(), resolved)
                .value(recordedAt)
                .array("text", row -> row.closing().location())
                .array("text", row -> row.closing().reference())
                .array("text", row -> row.closing().actor())
                .array("text", row -> row.resolution().sku())
                .array("text", row -> row.resolution().kind().code())
                .array("text", row -> row.resolution().resolution())
                .array("text", row -> row.resolution().note())
                .into(
                        request,
                        """
                        update discrepancy d
                        set resolution = r.resolution, note = r.note, resolved_by = r.actor, resolved_at = ?::timestamptz
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                          as r (location, reference, actor, sku, kind, resolution, note)
                        where d.document = 'inbound' and d.location = r.location and d.reference = r.reference
                          and d.sku = r.sku and d.kind = r.kind and d.resolution is null""");
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
