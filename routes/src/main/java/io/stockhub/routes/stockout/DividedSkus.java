package io.stockhub.routes.stockout;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which SKUs are in escrow, as their listings say, and what else takes units of theirs. */
public final class DividedSkus {
    private final JdbcClient jdbc;

    public DividedSkus(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Says of all listings of the SKUs whether they are in escrow. */
    void mark(Collection<String> skus, boolean divided) {
        jdbc.sql("update listing set divided = ? where sku = any (?) and divided <> ?")
                .params(divided, skus.toArray(String[]::new), divided)
                .update();
    }

    /** All SKUs that are in escrow. */
    List<String> all() {
        return jdbc.sql("select distinct sku from listing where divided order by sku")
                .query(String.class)
                .list();
    }

    /** SKUs in escrow that a channel sold and has none of, while another has some. */
    List<String> soldOutSomewhere() {
        return jdbc.sql(
                        """
                        select sku from listing where divided and not retired group by sku
                        having max(wanted) > 0 and max(demand) filter (where wanted = 0) >= 2 order by sku""")
                .query(String.class)
                .list();
    }

    /** SKUs that are in escrow, of these. */
    List<String> among(Collection<String> skus) {
        return jdbc.sql("select distinct sku from listing where sku = any (?) and divided")
                .param(skus.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** @param perUnit units of the SKU that one bundle takes, through other bundles too */
    record Bundle(String sku, String bundle, long perUnit) {}

    /** What is made of these SKUs when it is sold: a sale of it is a sale of them. */
    List<Bundle> bundles(Collection<String> skus) {
        return jdbc.sql(
                        """
                        with recursive above (sku, bundle, per_unit) as (
                          select sku, sku, 1::numeric from sku where sku = any (?)
                          union all
                          select a.sku, c.sku, a.per_unit * c.quantity
                          from above a join sku_component c on c.component = a.bundle
                          join sku s on s.sku = c.sku and not s.assembled)
                        select sku, bundle, least(sum(per_unit), 1000000000)::bigint from above
                        where sku <> bundle group by sku, bundle order by sku, bundle""")
                .param(skus.toArray(String[]::new))
                .query((row, n) -> new Bundle(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }
}
