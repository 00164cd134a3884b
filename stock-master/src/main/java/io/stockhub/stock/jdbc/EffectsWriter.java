package io.stockhub.stock.jdbc;

import io.stockhub.stock.Detail;
import io.stockhub.stock.StockState;
import io.stockhub.stock.ledger.Account;
import io.stockhub.stock.ledger.Book;
import io.stockhub.stock.ledger.Effects;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds a batch's effects to a request: one statement a table, whatever the size of the batch. Only accounts that are new
 * are made at once, for what is written next needs their numbers.
 */
final class EffectsWriter {
    private final Request request;
    private final Effects effects;
    private final Book book;
    private final OffsetDateTime recordedAt;
    private final Map<Account, Long> newAccounts = new HashMap<>();

    EffectsWriter(Request request, Effects effects, Book book) {
        this.request = request;
        this.effects = effects;
        this.book = book;
        this.recordedAt = book.recordedAt().atOffset(ZoneOffset.UTC);
    }

    void add() throws SQLException {
        accounts();
        serials();
        movements();
        postings();
        new OrderWriter(request, effects, recordedAt, this::id).add();
        new DocumentWriter(request, effects, recordedAt).add();
        remembered();
        changedSkus();
    }

    private record Change(Account account, @Nullable Long id, long change) {}

    /**
     * Changes are added to what is there, never set, so that the check constraint has the last word. Accounts that the
     * book does not know are made, unless they exist with nothing in them.
     */
    private void accounts() throws SQLException {
        List<Change> known = new ArrayList<>();
        Map<Account, Change> unknown = new LinkedHashMap<>();
        effects.accountChanges().forEach((account, change) -> {
            Long id = book.accountId(account);
            if (id == null) {
                unknown.put(account, new Change(account, null, change));
            } else if (change != 0) {
                known.add(new Change(account, id, change));
            }
        });
        Columns.of(request.connection(), known)
                .array("bigint", Change::id)
                .array("bigint", Change::change)
                .into(
                        request,
                        """
                        update account a set quantity = a.quantity + c.change
                        from unnest(?::bigint[], ?::bigint[]) as c (account_id, change)
                        where a.account_id = c.account_id""");
        Columns.of(request.connection(), withPromised(unknown).values())
                .array("text", change -> change.account().sku())
                .array("text", change -> change.account().location())
                .array("text", change -> change.account().state().code())
                .array("text", change -> change.account().detail().lot())
                .array("text", change -> change.account().detail().serial())
                .array("text", change -> change.account().detail().bin())
                .array("text", change -> change.account().detail().pool())
                .array("text", change -> change.account().detail().holder())
                .array("bigint", Change::change)
                .returning(
                        """
                        insert into account as a (sku, location, state, lot, serial, bin, pool, holder, quantity)
                        select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                             ?::text[], ?::text[], ?::bigint[])
                        on conflict on constraint one_account do update set quantity = a.quantity + excluded.quantity
                        returning account_id, sku, location, state, lot, serial, bin, pool, holder""",
                        row -> newAccounts.put(BookReader.account(row, 2), row.getLong(1)));
    }

    /**
     * With units that can be promised comes the account that they are promised in, so that the first order of a SKU need not
     * make it.
     */
    private Map<Account, Change> withPromised(Map<Account, Change> unknown) {
        for (Account account : List.copyOf(unknown.keySet())) {
            Account promised = account.in(StockState.RESERVED);
            if (account.state() == StockState.AVAILABLE
                    && account.detail().equals(Detail.NONE)
                    && book.accountId(promised) == null) {
                unknown.putIfAbsent(promised, new Change(promised, null, 0));
            }
        }
        return unknown;
    }

    private long id(Account account) {
        Long id = book.accountId(account);
        if (id == null) {
            id = newAccounts.get(account);
        }
        if (id == null) {
            throw new IllegalStateException("no account for " + account);
        }
        return id;
    }

    /** Whoever brings in a serial that another hub brought in a moment ago fails here, and decides again. */
    private void serials() throws SQLException {
        List<Effects.Serial> in = new ArrayList<>();
        List<Effects.Serial> out = new ArrayList<>();
        effects.serialChanges().forEach((serial, change) -> (change > 0 ? in : out).add(serial));
        Columns.of(request.connection(), out)
                .array("text", Effects.Serial::sku)
                .array("text", Effects.Serial::serial)
                .into(
                        request,
                        """
                        delete from serial_inside
                        where (sku, serial) in (select * from unnest(?::text[], ?::text[]))""");
        Columns.of(request.connection(), in)
                .array("text", Effects.Serial::sku)
                .array("text", Effects.Serial::serial)
                .into(request, "insert into serial_inside (sku, serial) select * from unnest(?::text[], ?::text[])");
    }

    private void movements() throws SQLException {
        Columns.of(request.connection(), effects.movements())
                .value(recordedAt)
                .value(recordedAt)
                .array("bigint", Effects.Movement::movementId)
                .array("text", movement -> movement.kind().code())
                .array("text", Effects.Movement::reference)
                .array("text", Effects.Movement::reason)
                .array("text", Effects.Movement::actor)
                .array("timestamptz", this::occurredBefore)
                .array("bigint", Effects.Movement::reverses)
                .into(
                        request,
                        """
                        insert into movement
                          (recorded_at, occurred_at, movement_id, kind, reference, reason, actor, reverses)
                        select ?::timestamptz, coalesce(m.occurred_at, ?::timestamptz), m.movement_id, m.kind, m.reference,
                               m.reason, m.actor, m.reverses
                        from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::bigint[])
                          as m (movement_id, kind, reference, reason, actor, occurred_at, reverses)""");
    }

    /** Null for what happens now: most do, and a time takes the database a while to read. */
    private @Nullable String occurredBefore(Effects.Movement movement) {
        return movement.occurredAt().equals(book.recordedAt())
                ? null
                : movement.occurredAt().toString();
    }

    private void postings() throws SQLException {
        Columns.of(request.connection(), effects.postings())
                .array("bigint", Effects.Posting::movementId)
                .array("int", Effects.Posting::line)
                .array("text", posting -> posting.from().sku())
                .array("bigint", posting -> id(posting.from()))
                .array("bigint", posting -> id(posting.to()))
                .array("bigint", Effects.Posting::quantity)
                .array("numeric", Effects.Posting::unitCost)
                .array(
                        "bigint",
                        posting -> posting.orderLine() == null
                                ? null
                                : (Long) posting.orderLine().reservationId())
                .array(
                        "int",
                        posting -> posting.orderLine() == null
                                ? null
                                : (Integer) posting.orderLine().line())
                .into(
                        request,
                        """
                        insert into posting (movement_id, line, sku, from_account, to_account, quantity, unit_cost,
                                             reservation_id, reservation_line)
                        select * from unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[],
                                             ?::numeric[], ?::bigint[], ?::int[])""");
    }

    private void remembered() throws SQLException {
        Columns.of(request.connection(), effects.remembered())
                .value(recordedAt)
                .array("text", Effects.Remembered::key)
                .bytes(Effects.Remembered::contentHash)
                .array("bigint", Effects.Remembered::movementId)
                .array("bigint", Effects.Remembered::reservationId)
                .into(
                        request,
                        """
                        insert into idempotency (recorded_at, key, content_hash, movement_id, reservation_id)
                        select ?::timestamptz, k.* from unnest(?::text[], ?::bytea[], ?::bigint[], ?::bigint[]) k""");
    }

    private void changedSkus() throws SQLException {
        Collection<Map.Entry<String, Long>> changed = new LinkedHashMap<>(effects.changedSkus()).entrySet();
        Columns.of(request.connection(), changed)
                .value(recordedAt)
                .array("text", Map.Entry::getKey)
                .array("bigint", Map.Entry::getValue)
                .into(
                        request,
                        """
                        insert into changed_sku (changed_at, sku, movement_id)
                        select ?::timestamptz, c.* from unnest(?::text[], ?::bigint[]) c""");
    }
}
