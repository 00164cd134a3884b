package io.stockhub.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.FakeInbox;
import io.stockhub.app.FakeOversells;
import io.stockhub.app.FakeReconciliation;
import io.stockhub.app.WebTest;
import io.stockhub.routes.ChannelDesk.Drift;
import io.stockhub.routes.ChannelDesk.Exposure;
import io.stockhub.routes.ChannelDesk.Listing;
import io.stockhub.routes.ChannelDesk.OpenSlice;
import io.stockhub.routes.ChannelDesk.Proof;
import io.stockhub.routes.ChannelDesk.Sequences;
import io.stockhub.routes.DeadLetters.Attempt;
import io.stockhub.routes.Inbox;
import io.stockhub.routes.Inbox.Life;
import io.stockhub.routes.Inbox.Message;
import io.stockhub.routes.Inbox.State;
import io.stockhub.routes.Oversells;
import io.stockhub.routes.Oversells.Fault;
import io.stockhub.stock.StockQueries.LocationStock;
import io.stockhub.stock.StockState;
import io.stockhub.stock.availability.Derivation;
import io.stockhub.stock.availability.Derivation.Node;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Channels, the inbox, oversold orders and one SKU, as people read them. */
class OperationPagesTest extends WebTest {
    private static final Instant NOON = Instant.parse("2026-09-04T12:00:00Z");

    @Autowired
    private FakeInbox inbox;

    @Autowired
    private FakeOversells oversells;

    @Autowired
    private FakeReconciliation reconciliation;

    private Browser browser;

    @BeforeEach
    void signIn() {
        inbox.reset();
        oversells.stories.clear();
        browser = new Browser(uri("/")).signedIn("key-of-viewer");
    }

    private String words(String path) {
        HttpResponse<String> response = browser.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body().replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
    }

    private static Message message(long id, State state) {
        return new Message(id, "orders-in", "ebay", "m-" + id, "1001", state, NOON, 2, null, null, null, 5L);
    }

    @Test
    void aPausedChannelSaysWhyAndHowToResume() {
        hub.health.add(PagesTest.health("ebay", "paused", 3, "closed"));
        assertThat(words("/channels")).contains("ebay shop", "Stopped", "HTTP 503", "3 of 5", "0.8 s, 4.0 s");
        assertThat(words("/channels/ebay"))
                .contains("To resume: Correct the login", "HTTP 503", "2 calls a second", "closed: calls go through")
                .contains("None was found")
                .doesNotContain("Send all numbers again</button>");
        assertThat(browser.submit("/channels/ebay", "/channels/ebay/sync", Map.of())
                        .statusCode())
                .isEqualTo(403);

        Browser ops = new Browser(uri("/")).signedIn("key-of-operations");
        ops.submit("/channels/ebay", "/channels/ebay/sync", Map.of());
        assertThat(ops.get("/channels/ebay").body()).contains("All 12 numbers are sent again");
        ops.submit("/channels/ebay", "/channels/ebay/reconcile", Map.of());
        assertThat(hub.synced).containsExactly("ebay");
        assertThat(hub.readBack).containsExactly("ebay");
    }

    @Test
    void driftIsToldWithItsCauseAndWhatBecameOfIt() {
        hub.health.add(PagesTest.health("ebay", "ok", 0, "closed"));
        hub.drifts.add(new Drift(
                2,
                "ebay",
                "TEE-M",
                "E-TEE",
                12,
                99L,
                Drift.Cause.EDITED,
                "compare",
                NOON,
                NOON,
                true,
                "overwrite",
                null));
        hub.drifts.add(new Drift(
                1, "ebay", "MUG", "MUG", 5, null, Drift.Cause.UNEXPLAINED, "read-back", NOON, null, false, null, null));
        hub.drifts.add(new Drift(
                3, "ebay", "CAP", "CAP", 5, 9L, Drift.Cause.WRONG_ALIAS, "read-back", NOON, null, false, "hold", null));
        assertThat(words("/channels/ebay"))
                .contains(
                        "TEE-M there E-TEE 12 99", "Somebody or something else changed it", "Our number was sent again")
                .contains("MUG 5 not listed", "Not explained yet", "Waits for an order that explains it")
                .contains("belongs to another item", "told nothing until somebody decides");
        assertThat(words("/channels/ebay?drift=open")).contains("MUG").doesNotContain("TEE-M");
    }

    @Test
    void whatIsHeldIsDecidedWithAReasonByWhoMay() {
        reconciliation.decisions.clear();
        hub.health.add(PagesTest.health("amazon", "ok", 0, "closed"));
        hub.drifts.add(new Drift(
                7, "amazon", "A", "a-1", 5, 9L, Drift.Cause.WRONG_ALIAS, "read-back", NOON, null, false, "hold", null));
        String decide = "/channels/amazon/drifts/7/decide";
        assertThat(browser.get("/channels/amazon").body()).doesNotContain("Send our number");
        Browser ops = new Browser(uri("/")).signedIn("key-of-operations");
        assertThat(ops.get("/channels/amazon").body()).contains("Send our number");

        ops.submit("/channels/amazon", decide, Map.of("decision", "overwrite", "reason", " "));
        assertThat(ops.get("/channels/amazon").body()).contains("Say why");
        assertThat(reconciliation.decisions).isEmpty();
        ops.submit("/channels/amazon", decide, Map.of("decision", "adopt", "reason", "seen there"));

        assertThat(reconciliation.decisions)
                .singleElement()
                .asString()
                .startsWith("ADOPT ")
                .endsWith(" seen there");
        assertThat(ops.get("/channels/amazon").body()).contains("Decided.");
    }

    @Test
    void theInboxAddsUpAndListsWhatIsOpen() {
        inbox.totals = new Inbox.Totals(1_020, new Inbox.NotDone(1, 2, 3, 4, 5, 6, 7, 0, NOON));
        inbox.messages.add(message(3, State.RETRYING));
        assertThat(words("/inbox"))
                .contains("1,020 received = 15 open + 992 done + 6 dead + 7 discarded")
                .contains("The oldest open one came 2026-09-04 12:00:00 UTC", "3 order ebay 1001 retrying")
                .doesNotContain("contradict");
        words("/inbox?state=dead&after=2");
        assertThat(inbox.asked.getLast()).isEqualTo(List.of(new Inbox.Filter(null, State.DEAD), 2L, 51));
        inbox.totals = new Inbox.Totals(1, new Inbox.NotDone(0, 0, 0, 0, 0, 0, 0, 2, null));
        assertThat(words("/inbox")).contains("2 contradict their dead letters");
    }

    @Test
    void aMessageIsSearchedAndItsLifeToldWithTimes() {
        inbox.messages.add(message(3, State.DONE));
        assertThat(words("/inbox?q=1001")).contains("Found", "3 order ebay 1001 done");
        assertThat(inbox.asked)
                .as("nothing is counted for who searches")
                .containsExactly(List.of("search", "1001", "-", 51));
        assertThat(words("/inbox?q=other")).contains("Nothing has that name");

        inbox.lives.add(new Life(
                message(3, State.DONE),
                List.of(new Attempt(1, NOON.plusMillis(5), "channel.busy", "Busy.")),
                NOON.plusSeconds(2),
                "already-applied"));
        assertThat(words("/inbox/3"))
                .containsSubsequence(
                        "12:00:00.000 UTC Received from ebay",
                        "12:00:00.005 UTC Try 1 failed (channel.busy) Busy.",
                        "12:00:02.000 UTC Done: already applied",
                        "Its dead letter",
                        "Was it there to be promised?");
    }

    @Test
    void anOversoldOrderSaysWhoseDoingItWasAndTheStoryInItsOrder() {
        oversells.stories.add(new Oversells.Story(
                "ebay",
                "1001",
                NOON,
                NOON.plusSeconds(1),
                NOON.plusSeconds(2),
                List.of(new Oversells.Line(
                        "TEE-M",
                        3,
                        2,
                        1,
                        List.of(
                                new Oversells.Cause(Fault.EDITED, "edited", "It was raised to 9."),
                                new Oversells.Cause(Fault.DELAY, "delay", "A number was on its way.")),
                        List.of(new Oversells.Event(NOON, "Told 1."), new Oversells.Event(NOON, "Sold 3."))))));
        assertThat(words("/why-oversold?order=1001"))
                .contains("Order 1001 of ebay", "2 of 3 were not there; 1 are missing now.")
                .containsSubsequence(
                        "Whose doing: Somebody who changed the number at the channel",
                        "It was raised to 9.",
                        "Less likely",
                        "A number was on its way.",
                        "Told 1.",
                        "Sold 3.");
        assertThat(words("/why-oversold?order=1001&channel=amazon")).contains("The ledger has no order of that name");
        assertThat(words("/why-oversold")).doesNotContain("The ledger has no order");
    }

    @Test
    void aSkuShowsWhereItIsWhatChannelsWereToldWhyAndTheExposure() {
        hub.stock.put(
                "TEE M/1",
                List.of(
                        new LocationStock("NORTH", Map.of(StockState.AVAILABLE, 1_000L, StockState.DAMAGED, 2L)),
                        new LocationStock("SOUTH", Map.of(StockState.AVAILABLE, 5L, StockState.RESERVED, 1L))));
        Proof proof = new Proof(12L, 11L, NOON, new Sequences(0, null, null, null, null));
        hub.listings.put(
                "TEE M/1",
                List.of(
                        new Listing("amazon", "TEE M/1", 12, 14L, 13L, 12L, NOON, "no answer", proof),
                        new Listing("ebay", "TEE M/1", 12, 12L, 12L, 12L, null, null, Proof.NONE)));
        Node leaf = new Node("on hand", 15, List.of("order 1001"), List.of());
        hub.derivation = Optional.of(new Derivation(
                "TEE M/1",
                "amazon",
                12,
                1,
                new Node("ats", 12, List.of(), List.of(leaf, new Node("buffer", -3, List.of(), List.of()))),
                List.of(),
                null));
        hub.exposures.put(
                "TEE M/1", new Exposure("TEE M/1", false, 12, 26, 14, List.of(new OpenSlice("amazon", "A-TEE", 14))));
        assertThat(words("/stock?sku=TEE+M%2F1"))
                .contains("Location Available Reserved Damaged NORTH 1,000 0 2 SOUTH 5 1 0 All 1,005 1 2")
                .contains("amazon On its way since 2026-09-04 12:00:00 UTC: no answer 14 13 12 12 11")
                .contains("ebay 12 12 12 – – not yet")
                .containsSubsequence("Why 12 on amazon", "ats 12", "on hand 15 order 1001", "buffer -3")
                .contains("Could be oversold 14", "14 amazon as A-TEE");
        hub.stock.put("EMPTY", List.of());
        assertThat(words("/stock?sku=EMPTY")).contains("No location has any", "No channel lists it");
    }
}
