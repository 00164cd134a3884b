package io.stockhub.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.FakeAlerts;
import io.stockhub.app.Samples;
import io.stockhub.app.WebTest;
import io.stockhub.routes.Alerts;
import io.stockhub.routes.ChannelDesk.Health;
import io.stockhub.routes.ChannelDesk.Listing;
import io.stockhub.routes.ChannelDesk.Proof;
import io.stockhub.stock.StockQueries.SkuTotals;
import io.stockhub.stock.StockUnavailableException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PagesTest extends WebTest {
    private static final Instant NOW = Instant.parse("2026-09-04T10:15:00Z");
    private static final String NASTY = "<img src=x onerror=alert(1)>\"'`${31337*31337}__${31337*31337}__#{x}";
    /** What that comes to; too long to stand by chance in a token or a time. */
    private static final String COMPUTED = "982007569";

    @Autowired
    private FakeAlerts alerts;

    private Browser browser;

    static Health health(String channel, String state, long backlog, String breaker) {
        return new Health(
                channel,
                channel,
                channel + " shop",
                state,
                5,
                backlog,
                null,
                Duration.ofMillis(800),
                Duration.ofSeconds(4),
                breaker,
                2,
                NOW,
                NOW,
                0,
                0,
                0,
                "HTTP 503");
    }

    @BeforeEach
    void fill() {
        browser = new Browser(uri("/"));
        hub.health.add(health("amazon", "ok", 0, "closed"));
        hub.health.add(health("ebay", "ok", 3, "closed"));
        hub.health.add(health("shopify", "delayed", 1, "open"));
        hub.health.add(health("walmart", "paused", 0, "closed"));
        hub.totals.put("TEE-M", new SkuTotals("TEE-M", "Tee, M", 12, 3));
        hub.listings.put(
                "TEE-M",
                List.of(
                        new Listing("amazon", "TEE-M", 12, 12L, 12L, 12L, null, null, Proof.NONE),
                        new Listing("ebay", "TEE-M", 9, 9L, 9L, 12L, NOW, null, Proof.NONE),
                        new Listing("shopify", "TEE-M", 9, 9L, null, null, NOW, "no answer", Proof.NONE)));
    }

    private String page(String role, String path) {
        HttpResponse<String> response = browser.signedIn("key-of-" + role).get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    @Test
    void anAlertSaysWhatIsWrongAndWhatToDo() {
        alerts.reset();
        alerts.known.add(new Alerts.Alert(
                4,
                "orders-not-read",
                "ebay",
                Alerts.Severity.CRITICAL,
                new Alerts.Words(
                        "Orders of ebay were not read for 3 h", "It may oversell.", "See the last error.", "docs"),
                NOW,
                NOW,
                NOW,
                null,
                "olga",
                NOW));
        assertThat(page("viewer", "/"))
                .contains(
                        "Orders of ebay were not read for 3 h",
                        "It may oversell.",
                        "See the last error.",
                        "seen by olga");
        alerts.reset();
    }

    @Test
    void channelsAreInWordsThatNeedNoGlossary() {
        assertThat(page("viewer", "/"))
                .contains("Up to date")
                .contains("3 numbers on their way")
                .contains("Waiting: the channel does not answer (1 number on its way)")
                .contains("Stopped: the channel refuses our settings")
                .contains("Orders read until 2026-09-04 10:15:00 UTC")
                .contains("A change arrives after 0.8 s, at worst 4.0 s");
    }

    @Test
    void stockShowsWhatEachChannelConfirmedAndWhatIsOnItsWay() {
        String text = page("viewer", "/")
                .replaceAll("<small.*?</small>", "")
                .replaceAll("<[^>]+>", "")
                .replaceAll("\\s+", " ");
        assertThat(text).contains("TEE-M Tee, M 12 3 12 12 → on its way to 9 – → on its way to 9 –");
    }

    @Test
    void theHeaderSaysWhetherTheLedgerHoldsAndWhatIsOpen() {
        String text = page("viewer", "/").replaceAll("<[^>]+>", "").replaceAll("\\s+", " ");
        assertThat(text).contains("The ledger holds").contains("0 open dead letters");
    }

    @Test
    void pagesHoldNoInlineCodeAndOneHeading() {
        hub.causes.add(Samples.cause("c1", "amazon", "c", "m", 1, NOW, NOW));
        hub.progress.put(7L, Samples.progress(7, "running", false, 1, 0, List.of()));
        for (String path : List.of(
                "/",
                "/channels",
                "/channels/ebay",
                "/inbox",
                "/dead-letters",
                "/dead-letters/cause?id=c1&preview=7",
                "/replays",
                "/replays/7",
                "/why-oversold")) {
            String html = page("admin", path);
            assertThat(html).doesNotContain(" style=", "<style", "onclick", "javascript:");
            assertThat(html).contains("lang=\"en\"").containsOnlyOnce("<h1");
            assertThat(html.replaceAll("<script src=\"/assets/(live|follow).js\" defer=?\"?(defer)?\"?></script>", ""))
                    .doesNotContain("<script");
        }
    }

    @Test
    void whatOthersWroteIsShownAndNeverRun() {
        hub.totals.put("A", new SkuTotals("A", NASTY, 1, 0));
        hub.health.add(
                new Health("x", "x", NASTY, "paused", 0, 0, null, null, null, "closed", 1, null, null, 0, 0, 0, NASTY));
        hub.causes.add(Samples.cause(NASTY, NASTY, NASTY, NASTY, 1, NOW, NOW));
        browser.signedIn("key-of-admin");
        for (String path : List.of(
                "/",
                "/?q=" + "%3Cimg%20src%3Dx",
                "/dead-letters",
                "/dead-letters/cause?q=%3Cimg%20src%3Dx&id=" + Said.encode(NASTY),
                "/channels/x",
                "/inbox?q=" + Said.encode(NASTY),
                "/why-oversold?order=" + Said.encode(NASTY),
                "/stock?sku=" + Said.encode(NASTY))) {
            assertThat(browser.get(path).body()).doesNotContain("<img").doesNotContain(COMPUTED);
        }
        assertThat(browser.get("/").body()).contains("&lt;img src=x");
    }

    @Test
    void aSearchKeepsItsPlaceFromPageToPage() {
        for (int i = 100; i < 160; i++) {
            hub.totals.put("SKU " + i, new SkuTotals("SKU " + i, "Thing", 1, 0));
        }
        String first = page("viewer", "/?q=thing");
        assertThat(first).contains("SKU 149").doesNotContain("SKU 150").contains("/?q=thing&amp;after=SKU+149");
        assertThat(browser.get("/?q=thing&after=SKU+149").body())
                .contains("SKU 150")
                .doesNotContain("Next page");
    }

    @Test
    void aPageThatCannotBeReadSaysSoWithoutDetails() {
        browser.signedIn("key-of-viewer");
        hub.report = null;
        hub.replays = request -> {
            throw new StockUnavailableException("jdbc:postgresql://db is away", null);
        };
        hub.causes.add(Samples.cause("c1", "amazon", "c", "m", 1, NOW, NOW));
        Browser operator = new Browser(uri("/")).signedIn("key-of-operations");
        HttpResponse<String> response =
                operator.submit("/dead-letters", "/dead-letters/replay", Map.of("cause", "c1", "reason", "r"));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("cannot be shown now").doesNotContain("jdbc:");
    }
}
