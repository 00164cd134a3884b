package io.stockhub.stock.jdbc;

import java.util.ArrayList;
import java.util.List;

/**
 * The checks of the ledger, as SQL. Each statement gives the first of what it found: the check, how many there are in all
 * (with the first row of its kind, else 0), which row, and what is the matter with it.
 */
final class LedgerChecks {
    private static final int NAMED_MAX = 20;

    private LedgerChecks() {}

    /**
     * What is read.
     *
     * @param position of the last seal that is trusted, with its {@code hash} in hex; 0 for none
     * @param after movements up to this number were checked before
     * @param movements counted up to there, {@code postings} likewise
     * @param sealedTo every movement up to this number must be sealed
     * @param lastNumber no movement can have a higher one
     */
    record Range(
            boolean incremental,
            long position,
            String hash,
            long after,
            long movements,
            long postings,
            long sealedTo,
            long lastNumber) {

        String filled(String sql) {
            return sql.replace("{account}", ACCOUNT)
                    .replace("{movement}", MOVEMENT)
                    .replace("{sealed}", SEALED)
                    .replace("{outside}", OUTSIDE)
                    .replace(":after", Long.toString(after))
                    .replace(":position", Long.toString(position))
                    .replace(":hash", "decode('" + hash + "', 'hex')")
                    .replace(":sealed_to", Long.toString(sealedTo))
                    .replace(":last_number", Long.toString(lastNumber));
        }
    }

    private static final String OUTSIDE = "('supplier', 'customer', 'shrinkage', 'production', 'disposed')";

    private static final String ACCOUNT =
            """
            concat_ws(' ', a.sku, 'at', a.location, a.state, case when a.lot <> '' then 'lot ' || a.lot end,
              case when a.serial <> '' then 'serial ' || a.serial end, case when a.bin <> '' then 'bin ' || a.bin end,
              case when a.pool <> '' then 'pool ' || a.pool end, case when a.holder <> '' then 'for ' || a.holder end,
              '(account ' || a.account_id || ')')""";

    private static final String MOVEMENT =
            """
            concat_ws(' ', m.kind, m.reference, case when m.reason is not null then '(' || m.reason || ')' end, 'by',
              m.actor, 'recorded', to_char(m.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))""";

    private static final String SEALED =
            """
            'sealed at position ' || s.position || ' on '
              || to_char(s.sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')""";

    /** Every sealed movement against its seal, both ways. */
    private static final String CONTENTS =
            """
            with odd as (
              select coalesce(c.movement_id, s.movement_id) as movement_id,
                     case when s.movement_id is null then 'INSERTED' when c.movement_id is null then 'MISSING'
                          else 'CHANGED' end as what,
                     c.postings as now, s.postings as before
              from movement_content(:after, :sealed_to) c
              full join (select movement_id, postings, content from seal where movement_id > :after) s
                on s.movement_id = c.movement_id
              where s.movement_id is null or c.movement_id is null or c.content <> s.content or c.postings <> s.postings
              union all
              select movement_id, 'INSERTED', null, null from movement where movement_id > :last_number
            ), numbered as (
              select o.*, row_number() over w as nth, count(*) over (partition by what) as total
              from odd o window w as (partition by what order by movement_id)
            )
            select n.what, case when nth = 1 then total else 0 end, 'movement ' || n.movement_id,
              case n.what
                when 'INSERTED' then 'never sealed, though its number is '
                  || case when n.movement_id > :last_number then 'yet to be taken' else 'older than the end of the chain' end
                  || ': ' || {movement}
              when 'MISSING' then 'not there any more; it was ' || {sealed}
              else 'it or its postings were changed after it was ' || {sealed}
              || case when n.now = n.before then '' else '; it has ' || n.now || ' postings and had ' || n.before end
                  || '. Now: ' || {movement}
              end
            from numbered n left join movement m using (movement_id) left join seal s using (movement_id)
            where nth <= 20 order by n.what, nth""";

    private static final String LINKS =
            """
            with odd as (
              select l.position, case
                when l.position <> l.before + 1 then 'follows ' || l.before || ': seals in between are gone'
                when l.hash <> sha256(l.hash_before || l.content) then 'its hash does not follow from the seal before and its content'
                when l.movement_id <= l.movement_before then 'seals movement ' || l.movement_id || ' after '
                  || l.movement_before end as detail
              from (
                select position, movement_id, content, hash, lag(position, 1, :position::bigint) over w as before,
                       lag(hash, 1, :hash) over w as hash_before, lag(movement_id, 1, :after::bigint) over w as movement_before
                from seal where position > :position window w as (order by position)) l
              where l.position <> l.before + 1 or l.hash <> sha256(l.hash_before || l.content)
                 or l.movement_id <= l.movement_before
              union all
              select :position, 'is not the seal that the last check ended with'
              where :position > 0 and not exists (select from seal where position = :position and hash = :hash)
              union all
              select e.position, 'the chain should end at position ' || coalesce(h.position::text, 'unknown')
                || ' with another hash: seals at its end were changed or are gone'
              from (select coalesce(max(position), 0) as position from seal) e left join seal_head h on true
              left join seal s on s.position = e.position
              where h.position is null or h.position <> e.position
                 or e.position > 0 and h.hash <> s.hash
            )
            select 'BROKEN_LINK', case when row_number() over (order by position) = 1 then count(*) over () else 0 end,
                   'seal ' || position, detail
            from odd order by position""";

    private static final String BALANCES =
            """
            with moved as (
              select account_id, sum(change) as quantity from (
                select from_account as account_id, -quantity as change from posting where movement_id > :after
                union all
                select to_account, quantity from posting where movement_id > :after
                union all
                select account_id, quantity from checkpoint_account where :after > 0) change
              group by account_id)
            select 'BALANCE_MISMATCH', coalesce(account_id, 0),
              case when a.account_id is null then 'account ' || moved.account_id else {account}
              end,
              case when a.account_id is null then 'does not exist' else 'holds ' || a.quantity end
                || '; its postings add up to ' || coalesce(moved.quantity, 0)
            from account a full join moved using (account_id)
            where coalesce(a.quantity, 0) <> coalesce(moved.quantity, 0)""";

    private static final String IMBALANCED =
            """
            select 'IMBALANCED', row_number() over (order by sku), 'SKU ' || sku,
                   'all its accounts, the outside world included, add up to ' || sum(quantity) || ' instead of 0'
            from account group by sku having sum(quantity) <> 0""";

    private static final String NEGATIVE =
            "select 'NEGATIVE', account_id, {account}, 'holds ' || quantity from account a"
                    + " where quantity < 0 and state not in {outside}";

    private static final String RESERVED =
            """
            select 'RESERVATION_MISMATCH', account_id, case when a.account_id is null then 'account ' || h.account_id
              else {account}
              end, 'holds ' || coalesce(a.quantity, 0) || '; reservations hold ' || coalesce(h.on_shelf, 0) || ' there'
            from (select * from account where state = 'reserved') a
            full join (select account_id, sum(quantity - shipped - cancelled - picked) as on_shelf
                       from allocation group by account_id) h using (account_id)
            where coalesce(a.quantity, 0) <> coalesce(h.on_shelf, 0)
            union all
            select 'RESERVATION_MISMATCH', 0, coalesce(a.sku, h.sku) || ' at ' || coalesce(a.location, h.location)
              || ' picked', 'holds ' || coalesce(a.quantity, 0) || '; reservations picked ' || coalesce(h.quantity, 0)
            from (select sku, location, sum(quantity) as quantity from account
                  where state = 'picked' group by sku, location) a
            full join (select c.sku, c.location, sum(l.picked) as quantity from allocation l join account c using (account_id)
                       where l.picked <> 0 group by c.sku, c.location) h on (a.sku, a.location) = (h.sku, h.location)
            where coalesce(a.quantity, 0) <> coalesce(h.quantity, 0)""";

    private static final String OVER_ALLOCATED =
            """
            select 'OVER_ALLOCATED', reservation_id, 'reservation ' || reservation_id || ' line ' || line || ' account '
              || account_id, 'got ' || quantity || '; ' || picked || ' picked, ' || shipped || ' shipped, ' || cancelled
              || ' given back'
            from allocation where picked + shipped + cancelled > quantity or least(picked, shipped, cancelled) < 0""";

    private static final String SERIALS =
            """
            select 'SERIAL_MISMATCH', row_number() over (order by sku, serial), 'serial ' || serial || ' of ' || sku,
                   coalesce(a.quantity, 0) || ' units in ' || coalesce(a.places, 0) || ' accounts; '
                   || case when i.inside then 'it counts as inside' else 'it does not count as inside' end
            from (select sku, serial, sum(quantity) as quantity, count(*) as places from account
                  where serial <> '' and quantity <> 0 group by sku, serial) a
            full join (select sku, serial, true as inside from serial_inside) i using (sku, serial)
            where i.inside is null or a.quantity is distinct from 1 or a.places <> 1""";

    private static final String NO_POSTINGS = "select 'NO_POSTINGS', movement_id, 'movement ' || movement_id, "
            + "'moves nothing: ' || {movement} from movement m where movement_id > :after"
            + " and not exists (select from posting p where p.movement_id = m.movement_id and p.movement_id > :after)";

    private static final String NO_ACCOUNT =
            """
            select 'NO_ACCOUNT', p.movement_id, 'movement ' || p.movement_id || ' line ' || p.line, concat_ws('; ',
              case when m.movement_id is null then 'the movement does not exist' end,
              case when f.sku is null then 'from account ' || p.from_account || ' of ' || p.sku || ' does not exist' end,
              case when t.sku is null then 'to account ' || p.to_account || ' of ' || p.sku || ' does not exist' end)
            from posting p
            left join account f on f.account_id = p.from_account and f.sku = p.sku
            left join account t on t.account_id = p.to_account and t.sku = p.sku
            left join movement m on m.movement_id = p.movement_id and m.movement_id > :after
            where p.movement_id > :after and (f.sku is null or t.sku is null or m.movement_id is null)""";

    /** What foreign keys would say of rows that one transaction writes together, at every one of them. */
    private static final String DANGLING =
            """
            select 'DANGLING', l.reservation_id, 'reservation ' || l.reservation_id || ' line ' || l.line, concat_ws('; ',
              case when r.reservation_id is null then 'the reservation does not exist' end,
              case when s.sku is null then 'SKU ' || l.sku || ' does not exist' end)
            from reservation_line l left join reservation r using (reservation_id) left join sku s on s.sku = l.sku
            where l.reservation_id > :after and (r.reservation_id is null or s.sku is null)
            union all
            select 'DANGLING', p.reservation_id,
              'part ' || p.sku || ' of reservation ' || p.reservation_id || ' line ' || p.line, concat_ws('; ',
              case when l.line is null then 'the line does not exist' end,
              case when s.sku is null then 'the SKU does not exist' end)
            from reservation_part p left join reservation_line l using (reservation_id, line)
            left join sku s on s.sku = p.sku
            where p.reservation_id > :after and (l.line is null or s.sku is null)
            union all
            select 'DANGLING', g.reservation_id,
              'allocation of reservation ' || g.reservation_id || ' line ' || g.line, concat_ws('; ',
              case when l.line is null then 'the line does not exist' end,
              case when a.account_id is null then 'account ' || g.account_id || ' does not exist' end)
            from allocation g left join reservation_line l using (reservation_id, line)
            left join account a using (account_id)
            where g.reservation_id > :after and (l.line is null or a.account_id is null)""";

    /** Each mark against the one before it and the postings in between. */
    private static final String MARKS =
            """
            select 'BALANCE_MISMATCH', movement_id, 'mark of ' || sku || ' at movement ' || movement_id,
                   'is not what the mark before it and the postings since then add up to; delete all marks and they are '
                     || 'made anew'
            from (
              select m.sku, m.movement_id, u.account_id, u.quantity as change
              from sku_mark m cross join lateral unnest(m.accounts, m.quantities) as u (account_id, quantity)
              where m.movement_id > :after
              union all
              select m.sku, m.movement_id, u.account_id, -u.quantity
              from sku_mark m join sku_mark b on b.sku = m.sku and b.movement_id = m.since
              cross join lateral unnest(b.accounts, b.quantities) as u (account_id, quantity)
              where m.movement_id > :after
              union all
              select m.sku, m.movement_id, d.account_id, -d.change
              from sku_mark m join posting p on p.sku = m.sku and p.movement_id > m.since and p.movement_id <= m.movement_id
              cross join lateral (values (p.from_account, -p.quantity), (p.to_account, p.quantity))
                as d (account_id, change)
              where m.movement_id > :after) part
            group by sku, movement_id, account_id having sum(change) <> 0""";

    private static final String TWO_RESERVATIONS =
            """
            select 'DUPLICATE', min(reservation_id), 'order ' || order_ref || ' of ' || channel,
                   count(*) || ' reservations: ' || string_agg(reservation_id::text, ', ' order by reservation_id)
            from reservation group by channel, order_ref having count(*) > 1""";

    private static final String TWO_KEYS =
            """
            select 'DUPLICATE', min(coalesce(movement_id, reservation_id)), 'key ' || key,
                   count(*) || ' effects: ' || string_agg(coalesce('movement ' || movement_id,
                     'reservation ' || reservation_id, 'no movement'), ', ' order by movement_id, reservation_id)
            from idempotency group by key having count(*) > 1""";

    private static final String TWO_REVERSALS =
            """
            select 'DUPLICATE', reverses, 'movement ' || reverses, 'reversed ' || count(*) || ' times: '
                   || string_agg(movement_id::text, ', ' order by movement_id)
            from movement where reverses is not null group by reverses having count(*) > 1""";

    /**
     * The statements of a check.
     *
     * @param missingGuards tables whose unique constraint is gone: only then can something be there twice
     */
    static List<String> statements(Range range, List<String> missingGuards) {
        List<String> statements = new ArrayList<>();
        statements.add(range.filled(CONTENTS));
        statements.add(range.filled(LINKS) + " limit " + NAMED_MAX);
        for (String check : List.of(
                IMBALANCED,
                NEGATIVE,
                BALANCES,
                RESERVED,
                OVER_ALLOCATED,
                SERIALS,
                NO_POSTINGS,
                NO_ACCOUNT,
                DANGLING,
                MARKS)) {
            statements.add(first(range.filled(check)));
        }
        if (missingGuards.contains("reservation")) {
            statements.add(first(TWO_RESERVATIONS));
        }
        if (missingGuards.contains("idempotency")) {
            statements.add(first(TWO_KEYS));
        }
        if (missingGuards.contains("movement")) {
            statements.add(first(TWO_REVERSALS));
        }
        return statements;
    }

    /** From rows of check, order, name and detail. */
    private static String first(String check) {
        return "select kind, case when row_number() over (order by nth, what) = 1 then count(*) over () else 0 end,"
                + " what, detail from (" + check + ") found (kind, nth, what, detail) order by nth, what limit "
                + NAMED_MAX;
    }
}
