package io.stockhub.stock.jdbc;

import static io.stockhub.stock.jdbc.JdbcCatalogue.unavailable;
import static io.stockhub.stock.jdbc.SkuStockReader.texts;

import io.stockhub.stock.InvalidCommandException;
import io.stockhub.stock.Limits;
import io.stockhub.stock.availability.Finding;
import io.stockhub.stock.availability.Known;
import io.stockhub.stock.availability.Rules;
import io.stockhub.stock.availability.RulesDesk;
import io.stockhub.stock.availability.RulesReader;
import io.stockhub.stock.availability.SkuStock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The versions of the rules in PostgreSQL. */
public final class JdbcRules implements RulesDesk {
    private static final int SKUS_PER_PAGE = 2_000;
    private static final String COLUMNS = "select version, document, applied_by, applied_at, comment from rule_set ";

    private final DataSource dataSource;
    private final RuleBook book;
    private final Set<String> onlyAliased;
    private final Runnable changed;

    /**
     * @param onlyAliased channels that list no SKU without an alias of theirs; plans leave those SKUs out
     * @param changed told after a commit that changed the rules
     */
    public JdbcRules(DataSource dataSource, RuleBook book, Set<String> onlyAliased, Runnable changed) {
        this.dataSource = dataSource;
        this.book = book;
        this.onlyAliased = Set.copyOf(onlyAliased);
        this.changed = changed;
    }

    @Override
    public Optional<Version> current() {
        return JdbcAvailability.snapshot(dataSource, JdbcRules::newest);
    }

    @Override
    public Optional<Version> version(long version) {
        return JdbcAvailability.snapshot(
                dataSource, connection -> one(connection, COLUMNS + "where version = ?", version));
    }

    private static Optional<Version> newest(Connection connection) throws SQLException {
        return one(connection, COLUMNS + "where version > ? order by version desc limit 1", 0);
    }

    private static Optional<Version> one(Connection connection, String sql, long number) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, number);
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(version(row)) : Optional.empty();
        }
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getString(5));
    }

    @Override
    public List<Entry> history(@Nullable Long before, int limit) {
        return JdbcAvailability.snapshot(dataSource, connection -> {
            List<Entry> entries = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    """
                    select version, applied_by, applied_at, comment from rule_set
                    where version < ? order by version desc limit ?""")) {
                select.setLong(1, before == null ? Long.MAX_VALUE : before);
                select.setInt(2, limit);
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    entries.add(new Entry(
                            row.getLong(1),
                            row.getString(2),
                            row.getObject(3, OffsetDateTime.class).toInstant(),
                            row.getString(4)));
                }
            }
            return entries;
        });
    }

    @Override
    public List<Finding> check(String document) {
        return JdbcAvailability.snapshot(
                dataSource, connection -> read(connection, document).findings());
    }

    private RulesReader.Reading read(Connection connection, String document) throws SQLException {
        return RulesReader.read(document, book.known(connection));
    }

    @Override
    public Plan plan(String document, int changesMax) {
        return JdbcAvailability.snapshot(dataSource, connection -> {
            Known known = book.known(connection);
            RulesReader.Reading reading = RulesReader.read(document, known);
            Rules now = book.read(connection);
            if (!reading.findings().isEmpty()) {
                return new Plan(now.version(), reading.findings(), List.of(), 0, 0, 0, 0, 0);
            }
            Comparison comparison = new Comparison(now, book.over(now.version() + 1, reading.document(), known));
            String after = "";
            List<String> skus = skusAfter(connection, after);
            while (!skus.isEmpty()) {
                comparison.page(connection, skus, changesMax);
                after = skus.getLast();
                skus = skusAfter(connection, after);
            }
            return comparison.plan();
        });
    }

    private static List<String> skusAfter(Connection connection, String after) throws SQLException {
        List<String> skus = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select sku from sku where sku > ? order by sku limit ?")) {
            select.setString(1, after);
            select.setInt(2, SKUS_PER_PAGE);
            ResultSet row = select.executeQuery();
            while (row.next()) {
                skus.add(row.getString(1));
            }
        }
        return skus;
    }

    /** Counts what two sets of rules make of the same stock. */
    private final class Comparison {
        private final Rules now;
        private final Rules then;
        private final List<Change> changes = new ArrayList<>();
        private long differing;
        private long lower;
        private long toZero;
        private long unchanged;
        private long resold;

        Comparison(Rules now, Rules then) {
            this.now = now;
            this.then = then;
        }

        void page(Connection connection, List<String> skus, int changesMax) throws SQLException {
            Map<String, SkuStock> stock = new TreeMap<>(new SkuStockReader(connection).sellable(skus));
            Set<List<String>> aliased = aliased(connection, skus);
            Set<String> channels = new TreeSet<>(now.channels());
            stock.forEach((sku, of) -> {
                resold += now.policy(sku, of.abcClass()) == then.policy(sku, of.abcClass()) ? 0 : 1;
                for (String channel : channels) {
                    if (!onlyAliased.contains(channel) || aliased.contains(List.of(sku, channel))) {
                        compare(new Change(sku, channel, now.ats(channel, of), then.ats(channel, of)), changesMax);
                    }
                }
            });
        }

        private void compare(Change change, int changesMax) {
            if (change.now() == change.then()) {
                unchanged++;
                return;
            }
            differing++;
            lower += change.then() < change.now() ? 1 : 0;
            toZero += change.then() == 0 ? 1 : 0;
            if (changes.size() < changesMax) {
                changes.add(change);
            }
        }

        Plan plan() {
            return new Plan(
                    now.version(), List.of(), List.copyOf(changes), differing, lower, toZero, unchanged, resold);
        }
    }

    private Set<List<String>> aliased(Connection connection, List<String> skus) throws SQLException {
        Set<List<String>> aliased = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select distinct sku, system from sku_alias where sku = any (?) and system = any (?)")) {
            select.setArray(1, texts(connection, skus));
            select.setArray(2, texts(connection, onlyAliased));
            ResultSet row = select.executeQuery();
            while (row.next()) {
                aliased.add(List.of(row.getString(1), row.getString(2)));
            }
        }
        return aliased;
    }

    @Override
    public Outcome apply(String document, String actor, @Nullable String comment, @Nullable Long expectedVersion) {
        if (comment != null && comment.length() > Limits.REFERENCE_LENGTH_MAX) {
            throw new InvalidCommandException(
                    "comment",
                    comment.length() + " characters (expected: at most " + Limits.REFERENCE_LENGTH_MAX + ")");
        }
        Outcome outcome;
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                outcome = apply(connection, document, actor, comment, expectedVersion);
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
        if (outcome instanceof Outcome.Applied) {
            changed.run();
        }
        return outcome;
    }

    private Outcome apply(
            Connection connection, String document, String actor, @Nullable String comment, @Nullable Long expected)
            throws SQLException {
        try (Statement lock = connection.createStatement()) {
            // One at a time; readers do not wait.
            lock.execute("lock table rule_set in share row exclusive mode");
        }
        Optional<Version> holds = newest(connection);
        long version = holds.map(Version::version).orElse(0L);
        if (expected != null && expected != version) {
            return new Outcome.Moved(version);
        }
        List<Finding> findings = read(connection, document).findings();
        if (!findings.isEmpty()) {
            return new Outcome.Refused(findings);
        }
        if (holds.isPresent() && Arrays.equals(hash(holds.get().document()), hash(document))) {
            return new Outcome.Unchanged(holds.get());
        }
        insert(connection, version + 1, document, actor, comment);
        JdbcChangedSkus.markEverySku(connection);
        return new Outcome.Applied(newest(connection).orElseThrow());
    }

    private static void insert(
            Connection connection, long version, String document, String actor, @Nullable String comment)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                """
                insert into rule_set (version, document, content_hash, applied_by, applied_at, comment)
                values (?, ?, ?, ?, clock_timestamp(), ?)""")) {
            insert.setLong(1, version);
            insert.setString(2, document);
            insert.setBytes(3, hash(document));
            insert.setString(4, actor);
            insert.setString(5, comment);
            insert.executeUpdate();
        }
    }

    /** Of what a person would call the same file, whatever the editor did to the ends of its lines. */
    private static byte[] hash(String document) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(document.replace("\r\n", "\n").strip().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
