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
import io.stockhub.app.FakeInbox;
import io.stockhub.app.FakeOversells;
import io.stockhub.app.Phone;
import io.stockhub.app.Samples;
import io.stockhub.app.WebTest;
import io.stockhub.routes.ChannelDesk.Drift;
import io.stockhub.routes.ChannelDesk.Exposure;
import io.stockhub.routes.ChannelDesk.Health;
import io.stockhub.routes.ChannelDesk.Listing;
import io.stockhub.routes.ChannelDesk.OpenSlice;
import io.stockhub.routes.ChannelDesk.Proof;
import io.stockhub.routes.DeadLetters.Attempt;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.Inbox;
import io.stockhub.routes.Oversells;
import io.stockhub.routes.Replays;
import io.stockhub.stock.StockQueries.LocationStock;
import io.stockhub.stock.StockQueries.SkuTotals;
import io.stockhub.stock.StockState;
import io.stockhub.stock.availability.Derivation;
import io.stockhub.stock.availability.Derivation.Node;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every page on a phone, with the worst that can stand on it. */
class PhoneTest extends WebTest {
    private static final Instant NOW = Instant.parse("2026-09-04T10:15:00Z");
    /** Nothing in it says where a line may end. */
    private static final String LONG = "W".repeat(100);

    private static final Map<String, String> HEADING_BY_PATH = Map.ofEntries(
            Map.entry("/", "Stock and channels"),
            Map.entry("/?q=long", "Stock and channels"),
            Map.entry("/?q=nothing+of+that+name", "Stock and channels"),
            Map.entry("/stock?sku=TEE-M", "TEE-M"),
            Map.entry("/channels", "Channels"),
            Map.entry("/channels/paused", "paused"),
            Map.entry("/inbox", "Inbox"),
            Map.entry("/inbox/3", "Message 3"),
            Map.entry("/why-oversold?order=1001", "Why was this oversold?"),
            Map.entry("/dead-letters", "Dead letters"),
            Map.entry("/dead-letters/cause?id=cause&q=M&preview=9", LONG),
            Map.entry("/dead-letters/5", "Dead letter #" + Long.MAX_VALUE),
            Map.entry("/replays", "Replays"),
            Map.entry("/replays/7", "Replay 7"),
            Map.entry("/replays/8", "This page cannot be shown now"),
            Map.entry("/replays/404", "There is nothing here"),
            Map.entry("/login?wrong", "Sign in to Stockhub"),
            Map.entry("/login?out", "Sign in to Stockhub"));

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

    @Autowired
    private FakeInbox inbox;

    @Autowired
    private FakeOversells oversells;

    private void fillOperations(DeadLetter letter) {
        hub.details.put(
                5L,
                Samples.detail(
                        letter,
                        ("{\"a\":\"" + LONG + "\"}").getBytes(StandardCharsets.UTF_8),
                        LONG,
                        List.of(new Attempt(1, NOW, LONG, LONG)),
                        LONG));
        Replays.Job job = new Replays.Job(
                9, "done", true, LONG, LONG, NOW, BigDecimal.TEN, LONG, NOW, 2, 2, Map.of("failed", 2L));
        hub.jobs.add(job);
        hub.progress.put(9L, new Replays.Progress(job, List.of(new Replays.Item(5, "failed", LONG))));
        hub.drifts.add(new Drift(
                1, "paused", LONG, LONG + "X", 5, null, Drift.Cause.EDITED, "compare", NOW, NOW, true, null, null));
        hub.stock.put("TEE-M", List.of(new LocationStock(LONG, Map.of(StockState.AVAILABLE, Long.MAX_VALUE))));
        hub.derivation = Optional.of(new Derivation(
                "TEE-M",
                LONG,
                1,
                1,
                new Node(LONG, 1, List.of(LONG), List.of(new Node(LONG, 1, List.of(LONG), List.of()))),
                List.of(),
                null));
        hub.exposures.put("TEE-M", new Exposure("TEE-M", false, 1, 1, 1, List.of(new OpenSlice(LONG, LONG, 1))));
        inbox.reset();
        Inbox.Message message =
                new Inbox.Message(3, "orders-in", LONG, LONG, LONG, Inbox.State.DONE, NOW, 2, null, null, null, 5L);
        inbox.messages.add(message);
        inbox.lives.add(new Inbox.Life(message, List.of(new Attempt(1, NOW, LONG, LONG)), NOW, "applied"));
        oversells.stories.clear();
        oversells.stories.add(new Oversells.Story(
                LONG,
                "1001",
                NOW,
                NOW,
                NOW,
                List.of(new Oversells.Line(
                        LONG,
                        3,
                        2,
                        1,
                        List.of(
                                new Oversells.Cause(Oversells.Fault.EDITED, LONG, LONG),
                                new Oversells.Cause(Oversells.Fault.DELAY, LONG, LONG)),
                        List.of(new Oversells.Event(NOW, LONG))))));
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
        fillOperations(hub.letters.getFirst());
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
