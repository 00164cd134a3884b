package io.stockhub.routes.stockout;

import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.ChannelStates;
import io.stockhub.routes.channel.Channels;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.availability.ChangedSkus;
import io.stockhub.stock.availability.Rules;
import io.stockhub.stock.availability.SkuStock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Turns changed SKUs into what each channel should show. Taking the news, reading stock and rules and writing the
 * listings is one transaction; many changes of a SKU are one new number.
 */
public final class AvailabilityPublisher {
    private static final int CHANGES_MAX = 2_000;
    private static final Duration IDLE = Duration.ofMillis(500);

    private final ChangedSkus changedSkus;
    private final Catalogue catalogue;
    private final Channels channels;
    private final ListingStore listings;
    private final Division division;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Consumer<String> wakeChannel;

    /** @param wakeChannel told the id of each channel that has something new to be told, after the commit */
    public AvailabilityPublisher(
            ChangedSkus changedSkus,
            Catalogue catalogue,
            Channels channels,
            ListingStore listings,
            Division division,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            Consumer<String> wakeChannel) {
        this.changedSkus = changedSkus;
        this.catalogue = catalogue;
        this.channels = channels;
        this.listings = listings;
        this.division = division;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.wakeChannel = wakeChannel;
    }

    /** One step of the pump. */
    public Duration step() {
        Set<String> told = new TreeSet<>();
        Integer taken =
                transaction.execute(status -> jdbc.execute((Connection connection) -> publish(connection, told)));
        told.forEach(wakeChannel);
        return taken == null || taken == 0 ? IDLE : Duration.ZERO;
    }

    /** Works every number out anew when the settings of the channels are not those of the last run. */
    public void settingsMayHaveChanged(ChannelStates states) {
        transaction.executeWithoutResult(status -> {
            boolean changed = false;
            for (Channel channel : channels.all()) {
                changed |= states.rulesChanged(channel.id(), channel.rule() + " " + channel.lists());
            }
            if (changed) {
                jdbc.execute((Connection connection) -> {
                    changedSkus.markAll(connection);
                    return 0;
                });
            }
        });
    }

    private int publish(Connection connection, Set<String> told) throws SQLException {
        List<ChangedSkus.Changed> changed = changedSkus.take(connection, CHANGES_MAX);
        if (changed.isEmpty()) {
            return 0;
        }
        List<String> skus = changed.stream().map(ChangedSkus.Changed::sku).toList();
        Rules rules = changedSkus.rules(connection);
        Map<String, SkuStock> available = changedSkus.available(connection, skus);
        Map<String, Map<String, List<String>>> aliases = catalogue.aliases(skus);
        Set<String> divided = division.divided(rules, available);
        for (Channel channel : channels.all()) {
            List<ListingStore.Want> names = wants(channel, changed, rules, available, aliases);
            List<ListingStore.Want> wants = division.shared(channel.id(), names, divided);
            int news = wants.isEmpty() ? 0 : listings.want(channel.id(), wants);
            if (news + listings.retire(channel.id(), skus, names) > 0) {
                told.add(channel.id());
            }
        }
        division.undo(connection, skus, divided);
        Map<String, ChangedSkus.Changed> news = new HashMap<>();
        changed.forEach(change -> news.put(change.sku(), change));
        told.addAll(division.plan(connection, rules, divided, news));
        return changed.size();
    }

    private static List<ListingStore.Want> wants(
            Channel channel,
            List<ChangedSkus.Changed> changed,
            Rules rules,
            Map<String, SkuStock> available,
            Map<String, Map<String, List<String>>> aliases) {
        List<ListingStore.Want> wants = new ArrayList<>();
        for (ChangedSkus.Changed change : changed) {
            String sku = change.sku();
            List<String> names = aliases.getOrDefault(sku, Map.of()).getOrDefault(channel.id(), List.of());
            if (names.isEmpty() && channel.lists() == Channel.Lists.ALIASED) {
                continue;
            }
            SkuStock stock = available.getOrDefault(sku, SkuStock.nothing(sku));
            long ats = rules.ats(channel.id(), stock);
            Duration mayWait = rules.maxDelay(sku, stock.abcClass());
            for (String name : names.isEmpty() ? List.of(sku) : names) {
                wants.add(new ListingStore.Want(sku, name, ats, change.since(), change.sequence(), mayWait));
            }
        }
        return wants;
    }
}
