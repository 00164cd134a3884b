package io.stockhub.app.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console in a real browser. */
class ConsoleIT {
    private static final List<Path> BROWSERS = List.of(
            Path.of("/usr/bin/chromium"),
            Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"),
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));
    private static final LocatorAssertions.ContainsTextOptions PATIENT =
            new LocatorAssertions.ContainsTextOptions().setTimeout(HubUnderTest.PATIENCE.toMillis());

    private static Playwright playwright;
    private static Browser browser;
    private final HubUnderTest hub = HubUnderTest.shared();
    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void startBrowser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Path chromium = BROWSERS.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Chromium found: install the package chromium"));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @AfterAll
    static void stopBrowser() {
        playwright.close();
    }

    @BeforeEach
    void openPage() {
        context = browser.newContext();
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
    }

    @AfterEach
    void theBrowserHasNothingToComplainOf() {
        context.close();
        org.assertj.core.api.Assertions.assertThat(complaints).isEmpty();
    }

    private void signIn(String key) {
        page.navigate(hub.url + "/");
        page.getByLabel("Your key").fill(key);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
    }

    private Locator row(String sku) {
        return page.locator("#stock tbody tr").filter(new Locator.FilterOptions().setHasText(sku));
    }

    @Test
    void aSaleChangesTheNumbersOnThePageWithoutAReload() {
        String sku = hub.newSku(20);
        hub.awaitListed(sku, 20);
        signIn(HubConfig.VIEWER);
        page.navigate(hub.url + "/?q=" + sku);
        assertThat(row(sku).locator("[data-label=Available]")).containsText("20", PATIENT);
        page.evaluate("window.untouched = true");

        hub.buyAt("ebay", sku, 3);

        assertThat(row(sku).locator("[data-label=Available]")).containsText("17", PATIENT);
        assertThat(row(sku).locator("[data-label=Reserved]")).containsText("3", PATIENT);
        for (String channel : HubUnderTest.CHANNELS) {
            assertThat(row(sku).locator("[data-label=" + channel + "]")).containsText("17", PATIENT);
        }
        org.assertj.core.api.Assertions.assertThat(page.evaluate("window.untouched"))
                .as("the page was not loaded anew")
                .isEqualTo(true);
    }

    @Test
    void aWrongKeyIsToldSoAndNothingMore() {
        signIn("not-a-key-of-this-hub");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("not one of the keys");
    }

    @Test
    void whoSignsOutSeesNothingAnyMore() {
        signIn(HubConfig.VIEWER);
        assertThat(page.locator("h1")).containsText("Stock and channels");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        page.navigate(hub.url + "/");

        assertThat(page.locator("h1")).containsText("Sign in");
    }

    @Test
    void thePageFitsOnAPhone() {
        hub.newSku(1);
        signIn(HubConfig.VIEWER);
        assertThat(page.locator("h1")).containsText("Stock and channels");

        page.setViewportSize(360, 740);

        org.assertj.core.api.Assertions.assertThat(
                        page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as("nothing sticks out to the right")
                .isEqualTo(true);
    }
}
