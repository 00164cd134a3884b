package io.stockhub.stock.upkeep;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.Goods;
import io.stockhub.stock.MoveDetails;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.sql.Sql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nobody asks for and must happen: holds run out, available units go to the orders that wait for them, units of
 * expired lots stop being available. Every hub does it; what two hubs do at once takes effect once.
 *
 * <p>Used by one thread. A failure is logged when it begins, and not again while it lasts.
 */
public final class Upkeep {
    /** For whom units of an expired lot are blocked. */
    public static final String EXPIRED = "expired";

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final String ACTOR = "upkeep";
    private static final int HOLDS_MAX = 100;
    private static final int FILLS_MAX = 50;
    private static final int LOTS_MAX = 200;
    private static final int VAIN_STEPS = 60;

    private final Sql sql;
    private final StockMaster master;
    private final Set<String> failing = new HashSet<>();
    private final Set<String> failedNow = new HashSet<>();
    private final Map<String, Waiters> inVain = new HashMap<>();
    private long steps;
    private String filledUpTo = "";
    private LotCursor lots = LotCursor.START;

    public Upkeep(DataSource dataSource, StockMaster master) {
        this.sql = new Sql(dataSource);
        this.master = master;
    }

    /** Does a bounded piece of what is due. Never throws for what a later step may do better. */
    public void step() {
        failedNow.clear();
        attempt("holds", this::expireHolds);
        attempt("backorders", this::fillBackorders);
        attempt("lots", this::blockExpiredLots);
        failing.retainAll(failedNow);
        steps++;
    }

    private void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            failed(what, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private void failed(String what, String cause, @Nullable Exception e) {
        String name = what + ": " + cause;
        failedNow.add(name);
        if (failing.add(name)) {
            LOG.atWarn().setCause(e).log("upkeep of {} failed and is tried again every step: {}", what, cause);
        }
    }

    private void expireHolds() {
        List<Long> due = sql.list(
                "select reservation_id from reservation where hold_until <= now() order by hold_until limit ?",
                row -> row.getLong(1),
                HOLDS_MAX);
        for (long reservationId : due) {
            Answer answer = master.execute(new Command.Expire(reservationId, ACTOR));
            if (!(answer instanceof Answer.Held)) {
                failed("holds", "reservation " + reservationId + ": " + answer, null);
            }
        }
    }

    private record Waiters(String sku, long waiting, long sellable) {}

    /**
     * Goods are given to waiting orders when they arrive; this is for those that passed each other by. What the rules do
     * not let a waiting order have looks the same from here, so that a SKU is tried again when something changed, and
     * now and then, since rules change too.
     */
    private void fillBackorders() {
        List<Waiters> waiters = sql.list(
                """
                with waiting as (
                  select coalesce(p.sku, l.sku) as sku, sum(l.backordered * coalesce(p.per_unit, 1)) as units
                  from reservation_line l left join reservation_part p using (reservation_id, line)
                  where l.backordered > 0 group by 1
                ), supply as (
                  select w.sku, w.units, """
                        + Waiting.SELLABLE
                        + """
                   as sellable from waiting w where w.sku > ?
                )
                select sku, units, sellable from supply where sellable > 0 order by sku limit ?""",
                row -> new Waiters(row.getString(1), row.getLong(2), row.getLong(3)),
                filledUpTo,
                FILLS_MAX);
        if (steps % VAIN_STEPS == 0) {
            inVain.clear();
        }
        for (Waiters waiter : waiters) {
            if (!waiter.equals(inVain.get(waiter.sku()))) {
                master.execute(new Command.FillBackorders(waiter.sku(), ACTOR));
                inVain.put(waiter.sku(), waiter);
            }
        }
        filledUpTo = waiters.size() < FILLS_MAX ? "" : waiters.getLast().sku();
    }

    private record LotCursor(LocalDate today, LocalDate expiry, String sku, String lot) {
        static final LotCursor START = new LotCursor(LocalDate.EPOCH, LocalDate.EPOCH, "", "");
    }

    private record ExpiredLot(String sku, String lot, LocalDate expiry) {}

    /**
     * Looks through the lots that are over, newest first and round and round, so that units that come back to an old lot
     * are found too; begins anew when a day is over.
     */
    private void blockExpiredLots() {
        LocalDate today = sql.list("select (now() at time zone 'UTC')::date", row -> row.getObject(1, LocalDate.class))
                .getFirst();
        if (!lots.today().equals(today)) {
            lots = new LotCursor(today, today, "", "");
        }
        List<ExpiredLot> expired = sql.list(
                """
                select sku, lot, expiry from lot
                where (expiry, sku, lot) < (?, ?, ?) order by expiry desc, sku desc, lot desc limit ?""",
                row -> new ExpiredLot(row.getString(1), row.getString(2), row.getObject(3, LocalDate.class)),
                lots.expiry(),
                lots.sku(),
                lots.lot(),
                LOTS_MAX);
        if (expired.size() < LOTS_MAX) {
            lots = new LotCursor(today, today, "", "");
        } else {
            ExpiredLot last = expired.getLast();
            lots = new LotCursor(today, last.expiry(), last.sku(), last.lot());
        }
        block(expired);
    }

    private record Block(ExpiredLot lot, String location, long quantity, long lastMovement) {}

    private void block(List<ExpiredLot> expired) {
        if (expired.isEmpty()) {
            return;
        }
        List<Block> blocks = sql.list(
                """
                select a.sku, a.lot, l.expiry, a.location, sum(a.quantity),
                       (select max(p.movement_id) from posting p where p.sku = a.sku)
                from unnest(?::text[], ?::text[]) as e (sku, lot)
                join account a on a.sku = e.sku and a.lot = e.lot and a.state = 'available' and a.quantity > 0
                join lot l on l.sku = a.sku and l.lot = a.lot
                join location p on p.location_id = a.location and p.managed_by is null
                group by a.sku, a.lot, l.expiry, a.location order by a.sku, a.lot, a.location""",
                row -> new Block(
                        new ExpiredLot(row.getString(1), row.getString(2), row.getObject(3, LocalDate.class)),
                        row.getString(4),
                        row.getLong(5),
                        row.getLong(6)),
                expired.stream().map(ExpiredLot::sku).toArray(String[]::new),
                expired.stream().map(ExpiredLot::lot).toArray(String[]::new));
        for (Block block : blocks) {
            Answer answer = master.execute(movement(block));
            // Short means that another hub, or an order, was quicker; what is left is found in the next round.
            if (!(answer instanceof Answer.Moved) && !(answer instanceof Answer.InsufficientStock)) {
                failed("lots", block.lot() + " at " + block.location() + ": " + answer, null);
            }
        }
    }

    private static Command.Move movement(Block block) {
        ExpiredLot lot = block.lot();
        return new Command.Move(
                MovementKind.BLOCK,
                block.location(),
                null,
                "lot " + lot.lot() + " expired on " + lot.expiry(),
                null,
                ACTOR,
                key(block),
                MoveDetails.holder(EXPIRED),
                List.of(new Command.Line(lot.sku(), block.quantity(), Goods.ANY.withLot(lot.lot(), null))));
    }

    /**
     * The same for two hubs that saw the same stock, and another one as soon as anything moved: units that come back to
     * the lot are news. Names are hashed, since together they are longer than a key may be.
     */
    private static String key(Block block) {
        String names =
                block.lot().sku() + "\n" + block.location() + "\n" + block.lot().lot();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8));
            return "expired:" + HexFormat.of().formatHex(hash) + ":" + block.lastMovement();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
