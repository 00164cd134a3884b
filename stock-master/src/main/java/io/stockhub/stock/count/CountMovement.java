package io.stockhub.stock.count;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.CountDesk.Count;
import io.stockhub.stock.CountDesk.Entry;
import io.stockhub.stock.CountDesk.Head;
import io.stockhub.stock.CountDesk.Holder;
import io.stockhub.stock.CountDesk.Line;
import io.stockhub.stock.Goods;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The one movement that a count becomes, and who stands in its way. */
final class CountMovement {
    private static final int HOLDERS_MAX = 20;

    private CountMovement() {}

    /** Always the same for one count, so that the ledger knows it again. */
    static Command.Move of(Count count) {
        List<Command.Line> lines = new ArrayList<>();
        for (Line line : count.lines()) {
            Entry entry = line.last().orElseThrow();
            Goods goods = Goods.ANY.withBooked(entry.booked());
            if (line.spot().bin() != null) {
                goods = goods.withBin(line.spot().bin());
            }
            if (line.spot().lot() != null) {
                goods = goods.withLot(line.spot().lot(), null);
            }
            lines.add(new Command.Line(line.spot().sku(), entry.counted(), goods));
        }
        Head head = count.head();
        String id = Long.toString(head.countId());
        String actor = head.postedBy() == null ? head.openedBy() : head.postedBy();
        return new Command.Move(
                MovementKind.COUNT, head.location(), id, null, null, actor, "count:" + id + ":post", lines);
    }

    /** Who holds the units that are missing; those that can wait first: the lowest priority, then the newest. */
    static List<Holder> holders(Sql.Session session, Head head, List<Answer.Shortage> shortages) throws SQLException {
        return session.list(
                """
                select r.reservation_id, r.channel, r.order_ref, c.sku, sum(a.quantity - a.shipped - a.cancelled),
                       sum(a.picked)
                from account c
                join allocation a on a.account_id = c.account_id and a.quantity > a.shipped + a.cancelled
                join reservation r on r.reservation_id = a.reservation_id
                where c.sku = any (?) and c.location = ? and c.state = 'reserved'
                group by r.reservation_id, c.sku
                order by r.priority desc, r.reservation_id desc, c.sku limit ?""",
                row -> new Holder(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getLong(6)),
                shortages.stream().map(Answer.Shortage::sku).toArray(String[]::new),
                head.location(),
                HOLDERS_MAX);
    }
}
