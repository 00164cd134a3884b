package io.stockhub.app.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import io.stockhub.app.Chromium;
import io.stockhub.app.Phone;
import io.stockhub.app.Samples;
import io.stockhub.app.WebTest;
import io.stockhub.routes.ChannelDesk.Health;
import io.stockhub.routes.ChannelDesk.Listing;
import io.stockhub.routes.ChannelDesk.Proof;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.Replays;
import io.stockhub.stock.StockQueries.SkuTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every page on a phone, with the worst that can stand on it. */
class PhoneTest extends WebTest {
    private static final Instant NOW = Instant.parse("2026-09-04T10:15:00Z");
    /** Nothing in it says where a line may end. */
    private static final String LONG = "W".repeat(100);

    private static final Map<String, String> HEADING_BY_PATH = Map.of(
            "/", "Stock and channels",
            "/?q=long", "Stock and channels",
            "/?q=nothing+of+that+name", "Stock and channels",
            "/dead-letters", "Dead letters",
            "/dead-letters?replay=7", "Dead letters",
            "/dead-letters?replay=8", "This page cannot be shown now",
            "/login?wrong", "Sign in to Stockhub",
            "/login?out", "Sign in to Stockhub");

    private static final String EVERY_TEXT =
            """
            text => {
              const places = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (places.nextNode()) {
                if (places.currentNode.data.trim()) {
                  places.currentNode.data = text;
                }
              }
            }""";

    private static Chromium chromium;
    private BrowserContext visitor;
    private Page page;

    @BeforeAll
    static void startBrowser() {
        chromium = new Chromium();
    }

    @AfterAll
    static void stopBrowser() {
        chromium.close();
    }

    @BeforeEach
    void openPage() {
        fill();
        visitor = chromium.newVisitor();
        page = visitor.newPage();
        page.navigate(uri("/login").toString());
        page.getByLabel("Your key").fill("key-of-admin");
        page.getByRole(AriaRole.BUTTON).click();
        assertThat(page.locator("h1")).containsText("Stock and channels");
    }

    @AfterEach
    void closePage() {
        visitor.close();
    }

    private void fill() {
        List<Listing> listings = new ArrayList<>();
        for (String state : List.of("ok", "delayed", "paused")) {
            for (String text : List.of(state, state + LONG)) {
                hub.health.add(health(text, state));
                listings.add(new Listing(
                        text,
                        "any",
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        null,
                        Long.MAX_VALUE - 1,
                        NOW,
                        "why " + LONG,
                        Proof.NONE));
            }
        }
        for (String sku : List.of("TEE-M", "LONG-" + LONG)) {
            hub.totals.put(sku, new SkuTotals(sku, "Title " + LONG, Long.MAX_VALUE, Long.MAX_VALUE));
            hub.listings.put(
                    sku, listings.stream().map(listing -> of(sku, listing)).toList());
        }
        for (int i = 0; i < 60; i++) {
            hub.totals.put("ROW-" + i, new SkuTotals("ROW-" + i, "Thing", i, 0));
        }
        hub.causes.add(Samples.cause("cause", LONG, LONG, LONG, Long.MAX_VALUE, NOW, NOW));
        hub.letters.add(new DeadLetter(
                Long.MAX_VALUE, LONG, LONG, LONG, LONG, LONG, "cause", LONG, LONG, LONG, 9, NOW, NOW, "open"));
        hub.progress.put(
                7L,
                Samples.progress(
                        7,
                        "running",
                        false,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        List.of(new Replays.Item(1, "already-applied", null), new Replays.Item(2, LONG, LONG))));
    }

    private static Health health(String channel, String state) {
        return new Health(
                channel,
                channel,
                channel,
                state,
                5,
                Long.MAX_VALUE,
                NOW,
                Duration.ofDays(9999),
                Duration.ofDays(99999),
                "open",
                2,
                NOW,
                NOW,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                "HTTP 503 " + LONG);
    }

    private static Listing of(String sku, Listing listing) {
        return new Listing(
                listing.channel(),
                sku,
                listing.ats(),
                listing.wanted(),
                listing.sent(),
                listing.confirmed(),
                listing.dirtySince(),
                listing.lastError(),
                listing.proof());
    }

    @Test
    void everyPageFitsWhateverStandsOnIt() {
        hub.progress.put(8L, Samples.progress(8, "unreadable", false, 1, 1, null));
        HEADING_BY_PATH.forEach((path, heading) -> {
            page.navigate(uri(path).toString());
            assertThat(page.locator("h1")).hasText(heading);
            page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)");
            Phone.assertFits(page);

            page.evaluate(EVERY_TEXT, LONG);
            Phone.assertFits(page);
        });
    }

    @Test
    void aPageFitsWhenItsPartsHaveBeenReplaced() {
        page.evaluate("document.getElementById('stock').dataset.old = 'yes'");
        hub.totals.put("A-" + LONG, new SkuTotals("A-" + LONG, LONG, 1, 1));

        assertThat(page.locator("#stock[data-old]")).hasCount(0);
        assertThat(page.locator("#live")).hasText("Live");

        Phone.assertFits(page);
    }

    @Test
    void aPageIsNotJudgedBeforeItsStylesheetHasCome() {
        List<Route> late = new ArrayList<>();
        page.route("**/*.css", late::add);
        page.locator("nav").getByText("Stock").click();
        assertThat(page.locator("#live")).hasText("");
        assertThat(page.locator("#stock tbody tr")).not().hasCount(0);

        page.setDefaultTimeout(500);
        assertThatThrownBy(() -> Phone.assertFits(page)).isInstanceOf(TimeoutError.class);
        late.forEach(Route::resume);
        page.setDefaultTimeout(30_000);

        assertThatCode(() -> Phone.assertFits(page)).doesNotThrowAnyException();
    }

    @Test
    void whatSticksOutIsNamed() {
        page.evaluate("document.querySelector('h1').style.width = '500px'");

        assertThatThrownBy(() -> Phone.assertFits(page))
                .hasMessageContaining("/ is 516 wide on a screen of 360 (complete, 1 stylesheets)")
                .hasMessageContaining("h1 up to 516 (display: block) \"Stock and channels\"");
    }
}
