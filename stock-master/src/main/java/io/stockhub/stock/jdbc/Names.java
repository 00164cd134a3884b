package io.stockhub.stock.jdbc;

import io.stockhub.stock.Catalogue.AliasTakenException;
import io.stockhub.stock.Catalogue.Conflict;
import io.stockhub.stock.Catalogue.Sku;
import io.stockhub.stock.Gtin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a name means. A SKU answers to its aliases, to its own code and to its GTIN; where two SKUs answer to one name,
 * nobody guesses: the claim is refused, or the name means nothing, and the two are listed.
 */
final class Names {
    /** The system under which a clash with a GTIN is listed, for a GTIN belongs to all systems. */
    private static final String ANY_SYSTEM = "gtin";

    /** Two SKUs that answer to one name. */
    record Clash(String system, String alias, String wantedBy, String owner, String field) {
        AliasTakenException refused() {
            return field.startsWith("aliases.")
                    ? new AliasTakenException(system, alias, owner)
                    : new AliasTakenException(field, "\"" + alias + "\" belongs to SKU " + owner + " already");
        }
    }

    /** Who answers to a name; each null when nobody does. A code yields where its SKU has another name in the system. */
    private record Claims(@Nullable String alias, @Nullable String code, boolean codeYields, List<String> gtins) {}

    private Names() {}

    /** The SKU that a name means; a clash when it could mean two. */
    static Optional<String> resolve(Connection connection, String system, String name) throws SQLException {
        Claims claims = claims(connection, system, name);
        List<String> answering = new ArrayList<>();
        if (claims.alias() != null) {
            answering.add(claims.alias());
        }
        if (claims.code() != null && !(claims.codeYields() && claims.alias() != null)) {
            answering.add(claims.code());
        }
        answering.addAll(claims.gtins());
        List<String> distinct = answering.stream().distinct().toList();
        if (distinct.size() < 2) {
            return distinct.stream().findFirst();
        }
        for (String other : distinct.subList(1, distinct.size())) {
            note(connection, new Clash(system, name, other, distinct.getFirst(), ""));
        }
        return Optional.empty();
    }

    private static Claims claims(Connection connection, String system, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                """
                select 'alias' as how, sku, false as yields from sku_alias where system = ? and alias = ?
                union all
                select 'code', sku, exists (select from sku_alias a where a.system = ? and a.sku = s.sku)
                from sku s where sku = ?
                union all
                select 'gtin', sku, false from sku where lpad(gtin, 14, '0') = ? order by how, sku""")) {
            select.setString(1, system);
            select.setString(2, name);
            select.setString(3, system);
            select.setString(4, name);
            select.setString(5, Gtin.as14(name));
            ResultSet row = select.executeQuery();
            String alias = null;
            String code = null;
            boolean yields = false;
            List<String> gtins = new ArrayList<>();
            while (row.next()) {
                switch (row.getString(1)) {
                    case "alias" -> alias = row.getString(2);
                    case "code" -> {
                        code = row.getString(2);
                        yields = row.getBoolean(3);
                    }
                    default -> gtins.add(row.getString(2));
                }
            }
            return new Claims(alias, code, yields, gtins);
        }
    }

    /** Every other SKU that answers to a name of this one. Nothing is written. */
    static List<Clash> clashes(Connection connection, Sku sku) throws SQLException {
        List<Clash> clashes = new ArrayList<>();
        for (Map.Entry<String, List<String>> names : sku.aliases().entrySet()) {
            String system = names.getKey();
            for (String name : names.getValue()) {
                Claims claims = claims(connection, system, name);
                List<String> others = new ArrayList<>(claims.gtins());
                if (claims.alias() != null) {
                    others.add(claims.alias());
                }
                if (claims.code() != null && !claims.codeYields()) {
                    others.add(claims.code());
                }
                others.stream()
                        .filter(other -> !other.equals(sku.sku()))
                        .distinct()
                        .forEach(other -> clashes.add(new Clash(system, name, sku.sku(), other, "aliases." + system)));
            }
        }
        clashes.addAll(ofCode(connection, sku));
        if (sku.gtin() != null) {
            clashes.addAll(ofGtin(connection, sku.sku(), sku.gtin()));
        }
        return clashes;
    }

    /** Where the SKU has no other name it answers to its code. */
    private static List<Clash> ofCode(Connection connection, Sku sku) throws SQLException {
        List<Clash> clashes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                """
                select system, sku from sku_alias where alias = ? and sku <> ? and not system = any (?)
                union all
                select ?, sku from sku where lpad(gtin, 14, '0') = ? and sku <> ?
                order by 1, 2""")) {
            select.setString(1, sku.sku());
            select.setString(2, sku.sku());
            select.setArray(3, new Rows(connection).texts(sku.aliases().keySet()));
            select.setString(4, ANY_SYSTEM);
            select.setString(5, Gtin.as14(sku.sku()));
            select.setString(6, sku.sku());
            ResultSet row = select.executeQuery();
            while (row.next()) {
                clashes.add(new Clash(row.getString(1), sku.sku(), sku.sku(), row.getString(2), "sku"));
            }
        }
        return clashes;
    }

    private static List<Clash> ofGtin(Connection connection, String sku, String gtin) throws SQLException {
        List<Clash> clashes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                """
                select ? as system, sku from sku where lpad(gtin, 14, '0') = ? and sku <> ?
                union
                select ?, sku from sku where sku = any (?) and sku <> ?
                union
                select system, sku from sku_alias where alias = any (?) and sku <> ?
                order by 1, 2""")) {
            select.setString(1, ANY_SYSTEM);
            select.setString(2, Gtin.as14(gtin));
            select.setString(3, sku);
            select.setString(4, ANY_SYSTEM);
            select.setArray(5, new Rows(connection).texts(Gtin.spellings(gtin)));
            select.setString(6, sku);
            select.setArray(7, new Rows(connection).texts(Gtin.spellings(gtin)));
            select.setString(8, sku);
            ResultSet row = select.executeQuery();
            while (row.next()) {
                clashes.add(new Clash(row.getString(1), gtin, sku, row.getString(2), "gtin"));
            }
        }
        return clashes;
    }

    /** Lists a clash for review, again when it was settled. */
    static void note(Connection connection, Clash clash) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                """
                insert into alias_conflict as c (system, alias, wanted_by, owner) values (?, ?, ?, ?)
                on conflict on constraint one_conflict do update
                set times = c.times + 1, last_seen_at = now(), state = 'open', settled_by = null, settled_at = null""")) {
            upsert.setString(1, clash.system());
            upsert.setString(2, clash.alias());
            upsert.setString(3, clash.wantedBy());
            upsert.setString(4, clash.owner());
            upsert.executeUpdate();
        }
    }

    /**
     * Settles what is gone now that this SKU was written, which no clash survives: all that it wanted, and what it does not
     * claim any more.
     */
    static void settleGone(Connection connection, String sku) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                """
                update alias_conflict c set state = 'settled', settled_at = now()
                where state = 'open' and (wanted_by = ? or owner = ? and not (
                  exists (select from sku_alias a where a.alias = c.alias and a.sku = c.owner
                          and (a.system = c.system or c.system = ?))
                  or c.owner = c.alias
                     and not exists (select from sku_alias a where a.system = c.system and a.sku = c.owner)
                  or exists (select from sku s where s.sku = c.owner and c.alias ~ '^([0-9]{8}|[0-9]{12,14})$'
                             and lpad(s.gtin, 14, '0') = lpad(c.alias, 14, '0'))))""")) {
            update.setString(1, sku);
            update.setString(2, sku);
            update.setString(3, ANY_SYSTEM);
            update.executeUpdate();
        }
    }

    static List<Conflict> conflicts(Connection connection, @Nullable Boolean open, long after, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                """
                select * from alias_conflict where conflict_id > ? and (?::text is null or state = ?)
                order by conflict_id limit ?""")) {
            String state = open == null ? null : open ? "open" : "settled";
            select.setLong(1, after);
            select.setString(2, state);
            select.setString(3, state);
            select.setInt(4, limit);
            ResultSet row = select.executeQuery();
            List<Conflict> conflicts = new ArrayList<>();
            while (row.next()) {
                conflicts.add(conflict(row));
            }
            return conflicts;
        }
    }

    static Optional<Conflict> settle(Connection connection, long conflictId, String actor) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                """
                update alias_conflict set state = 'settled',
                  settled_by = case when state = 'open' then ? else settled_by end,
                  settled_at = coalesce(settled_at, now())
                where conflict_id = ? returning *""")) {
            update.setString(1, actor);
            update.setLong(2, conflictId);
            ResultSet row = update.executeQuery();
            return row.next() ? Optional.of(conflict(row)) : Optional.empty();
        }
    }

    private static Conflict conflict(ResultSet row) throws SQLException {
        OffsetDateTime settledAt = row.getObject("settled_at", OffsetDateTime.class);
        return new Conflict(
                row.getLong("conflict_id"),
                row.getString("system"),
                row.getString("alias"),
                row.getString("wanted_by"),
                row.getString("owner"),
                row.getObject("first_seen_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
                row.getLong("times"),
                row.getString("state").equals("open"),
                row.getString("settled_by"),
                settledAt == null ? null : settledAt.toInstant());
    }
}
