package io.stockhub.bench.replay;

/** Dead letters made in the database, where making them by failing would take longer than what is measured. */
final class Rows {
    private static final String LETTERS =
            """
            insert into dead_letter (channel, flow, inbox_id, stage, kind, code, cause, message, sku, order_ref, mapping,
              payload, content_type, attempts, history, first_failed_at, last_failed_at, connector, field, units, money)
            select source, flow, inbox_id, 'ledger', 'permanent', 'stock.unknown_sku',
              'stock.unknown_sku-' || inbox_id % :causes, 'No SKU or alias of shop is called "' || inbox_id % 2000 || '"',
              'SKU-' || inbox_id % 2000, lane, mapping, payload, content_type, 1,
              '[{"attempt":1,"at":"2026-03-14T10:00:00.000Z","code":"x","message":"x"}]', now() - interval '1 hour', now(),
              'bench', 'SKU', 1 + inbox_id % 5, 10
            from inbox order by inbox_id""";

    private Rows() {}

    /** Orders of SKUs {@code run-0} to {@code run-99}, each in a lane of its own. */
    static void deadOrders(DeadHub hub, String run, int count) {
        insert(hub, run, count, 1);
    }

    /** The same, of many causes. */
    static void manyCauses(DeadHub hub, int count, int causes) {
        insert(hub, "L", count, causes);
    }

    private static void insert(DeadHub hub, String run, int count, int causes) {
        hub.jdbc
                .sql(
                        """
                        insert into inbox (flow, source, message_id, lane, mapping, content_type, payload, state, attempts)
                        select 'orders-in', 'shop', :run || '/' || n, :run || '/' || n, 'bench/order', 'application/json',
                          convert_to(replace(replace(:order, 'REF', :run || '/' || n), 'SKU', :run || '-' || n % 100),
                            'UTF8'), 'dead', 1
                        from generate_series(1, :count) n""")
                .param("run", run)
                .param("order", DeadHub.order("REF", "SKU", 1))
                .param("count", count)
                .update();
        hub.jdbc.sql(LETTERS).param("causes", causes).update();
        hub.jdbc.sql("analyze inbox, dead_letter").update();
    }
}
