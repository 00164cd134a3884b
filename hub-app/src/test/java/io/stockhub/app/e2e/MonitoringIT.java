package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhub.app.e2e.Exposition.Selector;
import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.stockout.StockOutDesk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yaml.snakeyaml.Yaml;

/** The dashboard, the alert rules and the list of metrics in the docs, held against what a hub serves. */
class MonitoringIT {
    private static final Path DOCS = root().resolve("docs");
    private static final Set<String> MADE_BY_PROMETHEUS = Set.of("up");

    private final HubUnderTest hub = HubUnderTest.shared();

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("stock-master"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static String text(String name) {
        try {
            return Files.readString(DOCS.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Exposition scrape() {
        return Exposition.parse(hub.viewer.get("/actuator/prometheus").body().asText());
    }

    /** After each channel was told a number and has been asked for orders, when every metric has something to say. */
    private Exposition lively() {
        hub.awaitListed(hub.newSku(7), 7);
        await("every channel was told and read").atMost(HubUnderTest.PATIENCE).until(() -> told(scrape()));
        return scrape();
    }

    private static boolean told(Exposition served) {
        return Stream.of("stockhub_channel_delay_seconds", "stockhub_channel_orders_read_age_seconds")
                .allMatch(metric -> HubUnderTest.CHANNELS.stream().allMatch(channel -> served.series().stream()
                        .anyMatch(one -> one.name().equals(metric)
                                && channel.equals(one.labels().get("channel")))));
    }

    private static JsonNode dashboard() {
        try {
            return new ObjectMapper().readTree(text("monitoring/stockhub-dashboard.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rules() {
        Map<String, Object> file = new Yaml().load(text("monitoring/stockhub-alerts.yaml"));
        return ((List<Map<String, Object>>) file.get("groups"))
                .stream()
                        .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                        .toList();
    }

    private static void assertServed(Exposition served, String expression) {
        List<Selector> asked = Exposition.selectors(expression);
        assertThat(asked).as(expression).isNotEmpty();
        assertThat(asked)
                .as("%s", expression)
                .allMatch(selector -> MADE_BY_PROMETHEUS.contains(selector.name()) || served.serves(selector));
    }

    @Test
    void expressionsAreReadForEveryNameAndLabel() {
        assertThat(
                        Exposition.selectors(
                                "sum by (channel) (rate(a_total{x=\"1\",y=~\"$c\"}[5m])) / on (channel) b > 1e3 and max(c - d{}) or 2h"))
                .extracting(Selector::name)
                .containsExactly("a_total", "b", "c", "d");
        assertThat(Exposition.selectors("a{x=\"1\",y=~\"$c\"}").getFirst().matches())
                .containsExactly(new Exposition.Match("x", "=", "1"), new Exposition.Match("y", "=~", "$c"));
    }

    @Test
    void everyPanelAsksForWhatTheHubServes() {
        Exposition served = lively();
        JsonNode dashboard = dashboard();
        assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
        List<Integer> ids = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            String title = panel.path("title").asText();
            ids.add(panel.path("id").asInt());
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                        .as("unit of %s", title)
                        .isNotEmpty();
                assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
                assertThat(panel.path("targets")).as(title).isNotEmpty();
                panel.path("targets")
                        .forEach(target ->
                                assertServed(served, target.path("expr").asText()));
            }
        }
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(4);
        assertServed(
                served,
                dashboard
                        .at("/templating/list/1/definition")
                        .asText()
                        .replaceAll("label_values\\((.*), channel\\)", "$1"));
    }

    @Test
    void everyAlertAsksForWhatTheHubServesAndSaysWhatToDo() {
        Exposition served = lively();
        Set<String> places = anchors(text("operating.md"));
        for (Map<String, Object> rule : rules()) {
            String name = String.valueOf(rule.get("alert"));
            assertServed(served, String.valueOf(rule.get("expr")));
            assertThat(((Map<?, ?>) rule.get("labels")).get("severity"))
                    .as(name)
                    .isIn("critical", "warning", "info");
            Map<?, ?> words = (Map<?, ?>) rule.get("annotations");
            assertThat(String.valueOf(words.get("summary"))).as(name).hasSizeGreaterThan(10);
            assertThat(String.valueOf(words.get("description"))).as(name).hasSizeGreaterThan(10);
            String[] runbook = String.valueOf(words.get("runbook")).split("#", 2);
            assertThat(runbook[0]).as(name).isEqualTo("docs/operating.md");
            assertThat(places).as(name).contains(runbook[1]);
        }
        assertThat(rules()).extracting(rule -> rule.get("alert")).doesNotHaveDuplicates();
    }

    private static Set<String> anchors(String page) {
        Set<String> anchors = new TreeSet<>();
        Matcher heading = Pattern.compile("(?m)^#+ (.*)$").matcher(page);
        while (heading.find()) {
            anchors.add(heading.group(1)
                    .toLowerCase(java.util.Locale.ROOT)
                    .replaceAll("[^\\w -]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }

    @Test
    void theDocsListEveryMetricOfTheHubWithItsTagsAndNoOther() {
        String section =
                text("operating.md").split("\n## Metrics and alerts\n", 2)[1].split("\n## ", 2)[0];
        Set<String> documented = new TreeSet<>();
        Matcher line =
                Pattern.compile("(?m)^\\| `(stockhub_\\w+)` \\|([^|]*)\\|").matcher(section);
        while (line.find()) {
            Set<String> tags = new TreeSet<>();
            Pattern.compile("`(\\w+)`").matcher(line.group(2)).results().forEach(tag -> tags.add(tag.group(1)));
            documented.add(line.group(1) + tags);
        }
        Set<String> served = new TreeSet<>(lively().own());
        // Not there while something was never read back, as it says in the docs; other tests see to it that it comes.
        served.add("stockhub_channel_proven_age_seconds[channel]");
        assertThat(served).isEqualTo(documented);
    }

    @Test
    void whatNeverHappenedIsZeroAndNotMissing() {
        Exposition served = lively();
        for (String metric :
                List.of("backlog", "oldest_unsent_seconds", "drifts_open", "dead_letters_open", "backorders")) {
            for (String channel : HubUnderTest.CHANNELS) {
                assertThat(served.series())
                        .as("%s of %s", metric, channel)
                        .anyMatch(one -> one.name().equals("stockhub_channel_" + metric)
                                && channel.equals(one.labels().get("channel"))
                                && one.value() >= 0);
            }
        }
    }

    @Test
    void bothConnectionPoolsAreSeen() {
        assertThat(scrape().series())
                .filteredOn(one -> one.name().equals("hikaricp_connections_pending"))
                .extracting(one -> one.labels().get("pool"))
                .containsExactlyInAnyOrder("hub", "stock-out");
    }

    @Test
    @Timeout(120)
    void aScrapeIsAnsweredWhileTheDatabaseHangs() throws SQLException {
        DataSource database = hub.context.getBean(DataSource.class);
        try (Connection lock = database.getConnection()) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("lock table dead_letter in access exclusive mode");
            await("a reading hangs").atMost(HubUnderTest.PATIENCE).until(() -> {
                scrape();
                return JdbcClient.create(database)
                                .sql(
                                        "select count(*) from pg_locks where relation = 'dead_letter'::regclass and not granted")
                                .query(Long.class)
                                .single()
                        > 0;
            });
            assertThat(scrape().own()).contains("stockhub_metrics_stale[subject]");
            lock.rollback();
        }
        await("numbers are known again").atMost(HubUnderTest.PATIENCE).untilAsserted(() -> assertThat(scrape().series())
                .filteredOn(one -> one.name().equals("stockhub_metrics_stale"))
                .hasSize(5)
                .allMatch(one -> one.value() == 0));
    }

    @Test
    void readingHowChannelsAreIsOneStatementForEach() {
        List<String> statements = new CopyOnWriteArrayList<>();
        ChannelDesk desk = desk(counting(hub.context.getBean(DataSource.class), statements));
        assertThat(desk.health()).hasSameSizeAs(HubUnderTest.CHANNELS);
        assertThat(statements).hasSameSizeAs(HubUnderTest.CHANNELS);
    }

    /** A desk that can say how channels are and nothing else. */
    @SuppressWarnings("NullAway")
    private StockOutDesk desk(DataSource source) {
        return new StockOutDesk(
                hub.context.getBean(Channels.class),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                JdbcClient.create(source),
                channel -> "closed",
                channel -> 1,
                channel -> {});
    }

    private static DataSource counting(DataSource source, List<String> statements) {
        return noting(DataSource.class, source, (method, answer, arguments) -> {
            return answer instanceof Connection connection
                    ? noting(Connection.class, connection, (prepare, statement, sql) -> {
                        if (prepare.equals("prepareStatement")) {
                            statements.add((String) sql[0]);
                        }
                        return statement;
                    })
                    : answer;
        });
    }

    private interface Note {
        Object of(String method, Object answer, Object[] arguments);
    }

    private static <T> T noting(Class<T> type, T behind, Note note) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, given) -> note.of(method.getName(), method.invoke(behind, given), given)));
    }
}
