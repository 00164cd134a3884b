package io.stockhub.routes;

import io.stockhub.connectors.RawOrder;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a channel was told and may still be selling on, and how time goes by for it. */
final class Slices {
    private Slices() {}

    /** The numbers, oldest first; those of which nobody knows whether they were taken have a question mark. */
    static String told(RoutesFixture hub, String sku) {
        return hub.text(
                """
                select coalesce(string_agg((one ->> 'number') || case when one ->> 'appliedBy' is null then '?' else '' end,
                                           ' ' order by n), 'nothing')
                from listing l, jsonb_array_elements(l.told) with ordinality t (one, n) where sku = ? and not retired""",
                sku);
    }

    /** All that the channel was told, it was told a minute ago. */
    static void aMinuteLater(RoutesFixture hub) {
        hub.jdbc
                .sql(
                        """
                        update listing l set dirty_since = dirty_since - interval '1 minute', told = (
                          select jsonb_agg(one || jsonb_build_object('appliedBy',
                                   (one ->> 'appliedBy')::timestamptz - interval '1 minute') order by n)
                          from jsonb_array_elements(l.told) with ordinality t (one, n))
                        where jsonb_array_length(told) > 0""")
                .update();
    }

    /** Reads the channel's orders, and takes them in. */
    static void ordersAreRead(RoutesFixture hub) {
        hub.poller.step();
        hub.work();
        hub.settling.step();
    }

    /** The channel sells something now; we find out when we read its orders. */
    static void sells(RoutesFixture hub, String orderRef, String sku, long quantity) {
        sold(hub, orderRef, sku, quantity, Duration.ZERO);
    }

    /** The channel sold something a while ago, and so before what it is told or seen to show from now on. */
    static void sold(RoutesFixture hub, String orderRef, String sku, long quantity, Duration ago) {
        Instant now = hub.watermarks.now().minus(ago);
        hub.connectors.shows.merge(sku, -quantity, Long::sum);
        String json = CanonicalOrder.open(orderRef, sku + "*" + quantity).json();
        hub.connectors.orders.add(new RawOrder(orderRef, now, json.replace("2026-03-14T10:00:00Z", now.toString())));
    }

    /** Calls of which nobody will hear any more were given up: the hub that made them was killed. */
    static void leasesRunOut(RoutesFixture hub) {
        hub.jdbc
                .sql(
                        "update listing set claimed_until = now() - ? * interval '1 millisecond' where claimed_until is not null")
                .param(Duration.ofMinutes(1).toMillis())
                .update();
    }

    /** The channel takes the number, and the hub is gone before it could write that down. */
    static void killedWhileSending(RoutesFixture hub) {
        hub.dataSource.breakOnce("update listing l set confirmed");
        hub.dataSource.breakOnce("update listing set claimed_until = null, next_attempt_at");
        hub.dispatcher.step();
        if (!hub.dataSource.allMet()) {
            throw new AssertionError("the hub lived on");
        }
        leasesRunOut(hub);
    }

    /** Somebody who can still be told no asks for units. */
    static Answer till(RoutesFixture hub, String orderRef, String sku, long quantity) {
        return hub.stock
                .master()
                .execute(new Command.Reserve(
                        "till",
                        orderRef,
                        Command.Policy.ALL_OR_NOTHING,
                        null,
                        null,
                        "till",
                        null,
                        List.of(new Command.Line(sku, quantity))));
    }
}
