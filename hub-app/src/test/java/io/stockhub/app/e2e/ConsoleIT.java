package io.stockhub.app.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.stockhub.app.Chromium;
import io.stockhub.app.Phone;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console in a real browser. */
class ConsoleIT {
    private static Chromium chromium;
    private final HubUnderTest hub = HubUnderTest.shared();
    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void startBrowser() {
        chromium = new Chromium();
        PlaywrightAssertions.setDefaultAssertionTimeout(HubUnderTest.PATIENCE.toMillis());
    }

    @AfterAll
    static void stopBrowser() {
        chromium.close();
    }

    @BeforeEach
    void openPage() {
        context = chromium.newVisitor();
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

    private void tryToSignIn(String key) {
        page.navigate(hub.url + "/");
        page.getByLabel("Your key").fill(key);
        button("Sign in").click();
    }

    /** Waits for the page that follows: who goes elsewhere before takes the form back. */
    private void signIn(String key) {
        tryToSignIn(key);
        assertThat(page.locator("h1")).containsText("Stock and channels");
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private Locator row(String sku) {
        Locator name = page.getByRole(
                AriaRole.ROWHEADER, new Page.GetByRoleOptions().setName(sku).setExact(true));
        return page.locator("#stock tbody tr").filter(new Locator.FilterOptions().setHas(name));
    }

    @Test
    void aSaleChangesTheNumbersOnThePageWithoutAReload() {
        String sku = hub.newSku(20);
        hub.awaitListed(sku, 20);
        signIn(HubConfig.VIEWER);
        page.navigate(hub.url + "/?q=" + sku);
        assertThat(row(sku).locator("[data-label=Available]")).containsText("20");
        page.evaluate("window.untouched = true");

        hub.buyAt("ebay", sku, 3);

        assertThat(row(sku).locator("[data-label=Available]")).containsText("17");
        assertThat(row(sku).locator("[data-label=Reserved]")).containsText("3");
        for (String channel : HubUnderTest.CHANNELS) {
            assertThat(row(sku).locator("[data-label=" + channel + "]")).containsText("17");
        }
        org.assertj.core.api.Assertions.assertThat(page.evaluate("window.untouched"))
                .as("the page was not loaded anew")
                .isEqualTo(true);
    }

    @Test
    void aWrongKeyIsToldSoAndNothingMore() {
        tryToSignIn("not-a-key-of-this-hub");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("not one of the keys");
    }

    @Test
    void whoSignsOutSeesNothingAnyMore() {
        signIn(HubConfig.VIEWER);

        button("Sign out").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("You are signed out");
        page.navigate(hub.url + "/");

        assertThat(page.locator("h1")).containsText("Sign in");
    }

    @Test
    void thePageFitsOnAPhone() {
        hub.newSku(1);
        String hostile = "PHONE-" + "W".repeat(54);
        hub.createSku(hostile);
        hub.receive(hostile, 999_999_999);
        signIn(HubConfig.VIEWER);
        Phone.assertFits(page);

        page.navigate(hub.url + "/?q=PHONE-");
        assertThat(row(hostile).locator("[data-label=Available]")).containsText("999999999");
        Phone.assertFits(page);
    }

    @Test
    void anUnknownSkuIsMendedLookedAtAndSentAgainFromItsCause() {
        String sku = hub.newSku(20);
        String unknown = "OLD-" + sku;
        hub.sandbox.put("/sandbox/ebay/listings", "{\"listings\":[{\"sku\":\"" + unknown + "\",\"quantity\":9}]}");
        for (int i = 0; i < 3; i++) {
            hub.buyAt("ebay", unknown, 2);
        }
        await("three dead letters")
                .atMost(HubUnderTest.PATIENCE)
                .until(() -> hub.api
                                .get("/api/v1/dead-letters?sku=" + unknown)
                                .body()
                                .path("deadLetters")
                                .size()
                        == 3);
        signIn(HubConfig.ADMIN);
        page.navigate(hub.url + "/dead-letters");
        link("No SKU is called “" + unknown + "”").click();

        button("Look what would happen").click();
        assertThat(page.locator("#look")).containsText("Looked at 3 of 3 messages: 3 would not take effect yet.");
        assertThat(page.locator("#look .outcomes li.bad")).containsText("3 would still fail");

        page.getByLabel("Which SKU is meant?").fill(sku);
        button("Search").click();
        page.locator("#mend").getByLabel(sku).check();
        page.locator("#mend").getByLabel("Why").fill("renamed at the channel");
        button("Make it an alias, then look").click();
        assertThat(page.locator("#look")).containsText("Looked at 3 of 3 messages: none would fail.");
        assertThat(page.locator("#look .outcomes li.good").first()).containsText("3 would apply");
        Phone.assertFits(page);

        assertThat(page.locator("#send").getByLabel("Why")).hasValue("renamed at the channel");
        button("Send 3 again").click();
        assertThat(page.locator("h1")).containsText("Replay");
        assertThat(page.locator(".progress .state")).hasText("Done: 3 of 3 messages, none failed.");
        assertThat(button("Pause")).isHidden();

        page.navigate(hub.url + "/dead-letters");
        assertThat(page.locator("main")).not().containsText(unknown);
        page.navigate(hub.url + "/stock?sku=" + sku);
        assertThat(page.locator("main tbody tr").first().locator("[data-label=Available]"))
                .hasText("14");
        assertThat(page.locator("main tbody tr").first().locator("[data-label=Reserved]"))
                .hasText("6");
        hub.assertLedgerHolds();
    }

    private Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }
}
