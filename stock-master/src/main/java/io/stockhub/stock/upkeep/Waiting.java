package io.stockhub.stock.upkeep;

/** The SQL that the leak detector and the upkeep share. */
final class Waiting {

    /** Units of SKU {@code w.sku} that an order without a pool could have now, at locations of ours. */
    static final String SELLABLE =
            """
            (select coalesce(sum(a.quantity), 0) from account a
             join location p on p.location_id = a.location and p.managed_by is null
             left join lot l on l.sku = a.sku and l.lot = a.lot
             where a.sku = w.sku and a.state = 'available' and a.pool = ''
               and (l.expiry is null or l.expiry >= (now() at time zone 'UTC')::date))
            """;

    private Waiting() {}
}
