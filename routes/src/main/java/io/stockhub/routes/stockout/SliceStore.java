package io.stockhub.routes.stockout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stockhub.routes.channel.Channels;
import io.stockhub.stock.availability.ChangedSkus;
import io.stockhub.stock.escrow.Demand;
import io.stockhub.stock.escrow.Slice;
import io.stockhub.stock.escrow.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What channels may still sell on the numbers that they were told: the numbers are kept with the listings, what was sold
 * on them is in the ledger.
 */
public final class SliceStore {
    /** How far the clock of a channel may be off ours. */
    static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final Channels channels;

    public SliceStore(JdbcClient jdbc, Channels channels) {
        this.jdbc = jdbc;
        this.channels = channels;
    }

    /**
     * A listing as escrow sees it.
     *
     * @param waits it has a number to send
     * @param stopped it was refused or is held, and waits for a person
     * @param told the last number that left for the channel; null when none did
     * @param delay what the last update took; null when there was none
     */
    record Kept(
            String channel,
            String sku,
            String channelSku,
            Slice slice,
            boolean waits,
            boolean stopped,
            @Nullable Long told,
            boolean retired,
            boolean divided,
            Demand demand,
            @Nullable Duration delay) {}

    private record Row(
            String channel,
            String sku,
            String channelSku,
            JsonNode told,
            @Nullable Instant soldSince,
            boolean waits,
            boolean stopped,
            boolean claimed,
            boolean retired,
            boolean divided,
            Demand demand,
            @Nullable Duration delay) {

        long sequence(int i) {
            return told.get(i).path("sequence").asLong();
        }
    }

    private record Sale(long sequence, Instant placedAt, long units) {}

    /** All listings of the SKUs at channels that the settings have, locked until the caller's commit. */
    List<Kept> lock(Collection<String> skus) {
        return kept(skus, " for update");
    }

    /** The same, without a lock. */
    List<Kept> look(Collection<String> skus) {
        return kept(skus, "");
    }

    /** What a channel may still sell of an item on the one number that is left; empty while others count as well. */
    OptionalLong settled(String channel, String sku, String channelSku) {
        return look(List.of(sku)).stream()
                .filter(one -> one.channel().equals(channel) && one.channelSku().equals(channelSku))
                .map(Kept::slice)
                .filter(slice ->
                        slice.told().size() == 1 && slice.told().getFirst().appliedBy() != null)
                .mapToLong(Slice::open)
                .findFirst();
    }

    private List<Kept> kept(Collection<String> skus, String locking) {
        List<Row> rows = jdbc
                .sql(
                        """
                        select channel, sku, channel_sku, told::text, sold_since, dirty_since is not null and not stopped and not held,
                               stopped or held,
                               coalesce(claimed_until > now(), false), retired, divided, demand, demand_at, delay_ms
                        from listing where sku = any (?) order by channel, sku, channel_sku"""
                                + locking)
                .param(skus.toArray(String[]::new))
                .query((row, n) -> row(row))
                .list()
                .stream()
                .filter(row -> channels.find(row.channel()).isPresent())
                .toList();
        Map<List<String>, List<Sale>> sales = sales(rows);
        return rows.stream().map(row -> kept(row, sales)).toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        long delay = row.getLong(13);
        Duration last = row.wasNull() ? null : Duration.ofMillis(delay);
        OffsetDateTime since = row.getObject(5, OffsetDateTime.class);
        try {
            return new Row(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    JSON.readTree(row.getString(4)),
                    since == null ? null : since.toInstant(),
                    row.getBoolean(6),
                    row.getBoolean(7),
                    row.getBoolean(8),
                    row.getBoolean(9),
                    row.getBoolean(10),
                    new Demand(
                            row.getDouble(11),
                            row.getObject(12, OffsetDateTime.class).toInstant()),
                    last);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What each channel sold since the oldest number that still counts, by channel and SKU. Orders for bundles are not among them. */
    private Map<List<String>, List<Sale>> sales(List<Row> rows) {
        List<Row> asked = rows.stream().filter(row -> !row.told().isEmpty()).toList();
        Map<List<String>, List<Sale>> sales = new HashMap<>();
        if (asked.isEmpty()) {
            return sales;
        }
        jdbc.sql(
                        """
                        select k.channel, k.sku, p.movement_id, m.occurred_at, p.quantity
                        from (select channel, sku, min(sequence) as sequence
                              from unnest(?::text[], ?::text[], ?::bigint[]) u (channel, sku, sequence)
                              group by channel, sku) k
                        join posting p on p.sku = k.sku and p.movement_id > k.sequence and p.reservation_id = p.movement_id
                        join reservation r on r.reservation_id = p.movement_id and r.channel = k.channel
                        join reservation_line l on l.reservation_id = r.reservation_id and l.line = p.reservation_line
                          and l.sku = p.sku
                        join movement m on m.movement_id = p.movement_id""")
                .params(
                        asked.stream().map(Row::channel).toArray(String[]::new),
                        asked.stream().map(Row::sku).toArray(String[]::new),
                        asked.stream().map(row -> row.sequence(0)).toArray(Long[]::new))
                .query((row, n) -> sales.computeIfAbsent(
                                List.of(row.getString(1), row.getString(2)), key -> new ArrayList<>())
                        .add(new Sale(
                                row.getLong(3),
                                row.getObject(4, OffsetDateTime.class).toInstant(),
                                row.getLong(5))))
                .list();
        // Of a SKU with several names at a channel nobody knows which of them sold.
        Map<List<String>, Integer> names = new HashMap<>();
        asked.forEach(row -> names.merge(List.of(row.channel(), row.sku()), 1, Integer::sum));
        sales.keySet().removeIf(key -> names.getOrDefault(key, 0) > 1);
        return sales;
    }

    private Kept kept(Row row, Map<List<String>, List<Sale>> sales) {
        boolean compares = channels.find(row.channel()).orElseThrow().comparesAndSets();
        List<Sale> counted = sales.getOrDefault(List.of(row.channel(), row.sku()), List.of()).stream()
                .filter(sale -> row.soldSince() == null || sale.placedAt().isAfter(row.soldSince()))
                .filter(sale -> !row.told().isEmpty() && sale.sequence() > row.sequence(0))
                .toList();
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < row.told().size(); i++) {
            told.add(told(row, i, counted));
        }
        Slice slice = new Slice(
                row.channel() + " " + row.channelSku(),
                compares,
                told,
                counted.stream().mapToLong(Sale::units).sum(),
                row.soldSince());
        return new Kept(
                row.channel(),
                row.sku(),
                row.channelSku(),
                slice,
                row.waits(),
                row.stopped(),
                told.isEmpty() ? null : (Long) told.getLast().number(),
                row.retired(),
                row.divided(),
                row.demand(),
                row.delay());
    }

    private static Told told(Row row, int i, List<Sale> sales) {
        JsonNode one = row.told().get(i);
        long sequence = row.sequence(i);
        JsonNode appliedBy = one.path("appliedBy");
        boolean applied = appliedBy.isTextual();
        boolean last = i == row.told().size() - 1;
        return new Told(
                one.path("number").asLong(),
                OffsetDateTime.parse(one.path("sentAt").asText()).toInstant(),
                sales.stream()
                        .filter(sale -> sale.sequence() <= sequence)
                        .mapToLong(Sale::units)
                        .sum(),
                applied ? OffsetDateTime.parse(appliedBy.asText()).toInstant() : null,
                !applied && !(last && row.claimed()));
    }

    /**
     * A number for a listing.
     *
     * @param demand how fast it sells, as of now: whether it is on sale may change with this number
     */
    record Plan(String channel, String sku, String channelSku, long number, Demand demand) {}

    /** Has these numbers sent, each as a new update. */
    void plan(List<Plan> plans, ChangedSkus.Changed news, Duration mayWait) {
        jdbc.sql(
                        """
                        with told as (
                          update listing l set wanted = p.number, version = version + 1, stopped = false,
                                 dirty_since = coalesce(dirty_since, ?),
                                 wanted_sequence = greatest(l.wanted_sequence, ?),
                                 may_wait = ? * interval '1 millisecond', demand = p.demand, demand_at = p.demand_at
                          from unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::float8[], ?::timestamptz[])
                            p (channel, sku, channel_sku, number, demand, demand_at)
                          where l.channel = p.channel and l.sku = p.sku and l.channel_sku = p.channel_sku returning l.*)
                        """
                                + ListingStore.LOG)
                .params(
                        news.since().atOffset(ZoneOffset.UTC),
                        news.sequence(),
                        mayWait.toMillis(),
                        plans.stream().map(Plan::channel).toArray(String[]::new),
                        plans.stream().map(Plan::sku).toArray(String[]::new),
                        plans.stream().map(Plan::channelSku).toArray(String[]::new),
                        plans.stream().map(Plan::number).toArray(Long[]::new),
                        plans.stream().map(plan -> plan.demand().units()).toArray(Double[]::new),
                        plans.stream()
                                .map(plan -> plan.demand()
                                        .at()
                                        .atOffset(ZoneOffset.UTC)
                                        .toString())
                                .toArray(String[]::new))
                .update();
    }

    /** Takes back numbers that were planned and have not left: the channel stays with what it was told. */
    void takeBack(List<Kept> kept) {
        jdbc.sql(
                        """
                        with told as (
                          update listing l set wanted = coalesce((l.told -> -1 ->> 'number')::bigint, 0),
                                 version = version + 1, dirty_since = null
                          from unnest(?::text[], ?::text[], ?::text[]) p (channel, sku, channel_sku)
                          where l.channel = p.channel and l.sku = p.sku and l.channel_sku = p.channel_sku returning l.*)
                        """
                                + ListingStore.LOG)
                .params(
                        kept.stream().map(Kept::channel).toArray(String[]::new),
                        kept.stream().map(Kept::sku).toArray(String[]::new),
                        kept.stream().map(Kept::channelSku).toArray(String[]::new))
                .update();
    }

    /** How many listings of a channel have numbers that still count although it took a newer one. */
    record Unsettled(long all, long divided) {}

    Unsettled unsettled(String channel) {
        return jdbc.sql("select count(*), count(*) filter (where divided) from listing"
                        + " where channel = ? and unsettled")
                .param(channel)
                .query((row, n) -> new Unsettled(row.getLong(1), row.getLong(2)))
                .single();
    }

    /**
     * The orders that the channel took until then are in the ledger: numbers before the last one that it took until then
     * do not count any more. In the caller's transaction.
     *
     * @return SKUs in escrow of which this is news
     */
    List<String> settle(String channel, Instant until) {
        List<String> divided = jdbc.sql(
                        "select distinct sku from listing where channel = ? and divided" + " and unsettled")
                .param(channel)
                .query(String.class)
                .list();
        Map<List<String>, Slice> before = slices(channel, lock(divided));
        List<String> settled = jdbc.sql(
                        """
                        with base as (
                          select l.channel, l.sku, l.channel_sku, max(t.n) as n,
                                 max((t.one ->> 'appliedBy')::timestamptz) as applied_by
                          from listing l, jsonb_array_elements(l.told) with ordinality t (one, n)
                          where l.channel = ? and l.unsettled and t.one ->> 'appliedBy' is not null
                            and (t.one ->> 'appliedBy')::timestamptz + ? * interval '1 millisecond' <= ?
                          group by 1, 2, 3 having max(t.n) > 1
                        ), done as (
                          update listing l set sold_since = b.applied_by + ? * interval '1 millisecond', told = (
                            select jsonb_agg(one order by n) from jsonb_array_elements(l.told) with ordinality t (one, n)
                            where t.n >= b.n)
                          from base b where l.channel = b.channel and l.sku = b.sku and l.channel_sku = b.channel_sku
                          returning l.sku, l.divided)
                        select distinct sku from done where divided""")
                .params(channel, CLOCKS_APART.toMillis(), until.atOffset(ZoneOffset.UTC), CLOCKS_APART.toMillis())
                .query(String.class)
                .list();
        slices(channel, look(settled)).forEach((item, after) -> carry(channel, item, before.get(item), after));
        return settled;
    }

    /**
     * What was sold within the seconds that clocks may be apart is not told apart from what came before; but settling makes
     * no slice larger, so some of it was of the number that counts now: that number is as much smaller.
     */
    private void carry(String channel, List<String> item, @Nullable Slice before, Slice after) {
        long sold = before == null ? 0 : before.settled(after.sold()).sold() - after.sold();
        if (sold > 0) {
            jdbc.sql(
                            """
                            update listing set told = jsonb_set(told, '{0,number}',
                              to_jsonb(greatest(0, (told -> 0 ->> 'number')::bigint - ?)))
                            where channel = ? and sku = ? and channel_sku = ?""")
                    .params(sold, channel, item.getFirst(), item.getLast())
                    .update();
        }
    }

    private static Map<List<String>, Slice> slices(String channel, List<Kept> kept) {
        Map<List<String>, Slice> slices = new HashMap<>();
        kept.stream()
                .filter(one -> one.channel().equals(channel))
                .forEach(one -> slices.put(List.of(one.sku(), one.channelSku()), one.slice()));
        return slices;
    }
}
