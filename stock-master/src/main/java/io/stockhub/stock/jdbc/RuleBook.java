package io.stockhub.stock.jdbc;

import io.stockhub.stock.availability.ChannelRule;
import io.stockhub.stock.availability.Known;
import io.stockhub.stock.availability.Rules;
import io.stockhub.stock.availability.RulesDocument;
import io.stockhub.stock.availability.RulesReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules that hold for one hub: its settings, and over them the newest document in the database. */
public final class RuleBook {
    private record Read(long version, Known known, Rules rules) {}

    private final List<ChannelRule> base;
    private volatile @Nullable Read last;

    /** @param base what the settings say of each channel */
    public RuleBook(List<ChannelRule> base) {
        this.base = List.copyOf(base);
    }

    /** As they hold in the connection's snapshot. A document is parsed once. */
    Rules read(Connection connection) throws SQLException {
        Known known = known(connection);
        long version = version(connection);
        Read read = last;
        if (read == null || read.version() != version || !read.known().equals(known)) {
            read = new Read(version, known, over(version, document(connection, version), known));
            last = read;
        }
        return read.rules();
    }

    /** A document laid over the settings. What is run by another channel is nobody else's by default. */
    Rules over(long version, RulesDocument document, Known known) {
        List<ChannelRule> own = base.stream()
                .map(rule -> ChannelRule.base(
                        rule.channel(),
                        rule.locations().stream()
                                .filter(location -> known.maySell(rule.channel(), location))
                                .toList(),
                        rule.buffer()))
                .toList();
        return Rules.of(version, document, own);
    }

    Known known(Connection connection) throws SQLException {
        Set<String> locations = new HashSet<>();
        Map<String, String> marketplaceRun = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("select location_id, kind, coalesce(managed_by, '') from location")) {
            ResultSet row = select.executeQuery();
            while (row.next()) {
                locations.add(row.getString(1));
                if (row.getString(2).equals("marketplace") || !row.getString(3).isEmpty()) {
                    marketplaceRun.put(row.getString(1), row.getString(3));
                }
            }
        }
        Set<String> channels = new HashSet<>();
        base.forEach(rule -> channels.add(rule.channel()));
        return new Known(channels, locations, marketplaceRun);
    }

    /** The newest version; 0 when there is none. */
    static long version(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select coalesce(max(version), 0) from rule_set")) {
            ResultSet row = select.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    private static RulesDocument document(Connection connection, long version) throws SQLException {
        if (version == 0) {
            return RulesDocument.EMPTY;
        }
        try (PreparedStatement select =
                connection.prepareStatement("select document from rule_set where version = ?")) {
            select.setLong(1, version);
            ResultSet row = select.executeQuery();
            row.next();
            RulesReader.Reading reading = RulesReader.readApplied(row.getString(1));
            if (!reading.findings().isEmpty()) {
                throw new IllegalStateException("rules " + version + ": " + new ArrayList<>(reading.findings()));
            }
            return reading.document();
        }
    }
}
