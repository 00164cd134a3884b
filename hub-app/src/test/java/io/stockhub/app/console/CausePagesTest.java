package io.stockhub.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.Samples;
import io.stockhub.app.WebTest;
import io.stockhub.routes.DeadLetters.About;
import io.stockhub.routes.DeadLetters.Attempt;
import io.stockhub.routes.DeadLetters.CauseGroup;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.DeadLetters.Filter;
import io.stockhub.routes.Replays;
import io.stockhub.routes.Replays.Item;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.StockQueries.SkuTotals;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters by cause: what is at stake, mending, looking first, sending again, discarding. */
class CausePagesTest extends WebTest {
    private static final Instant NOON = Instant.parse("2026-09-04T12:00:00Z");
    private static final Filter OPEN = new Filter(null, "c1", null, null, "open");
    private static final String PAGE = "/dead-letters/cause?id=c1";

    private Browser ops;

    @BeforeEach
    void fill() {
        ops = new Browser(uri("/"));
        hub.causes.add(unknownSku());
        hub.letters.add(letter(5, "amazon", "AMZ-TEE"));
        hub.details.put(
                5L,
                Samples.detail(
                        hub.letters.getFirst(),
                        "{\"orderRef\":\"1001\",\"total\":19.90}".getBytes(StandardCharsets.UTF_8),
                        "application/json",
                        List.of(new Attempt(1, NOON, "stock.unknown_sku", "unknown")),
                        "amazon/order"));
        hub.skus.put("TEE-M", Catalogue.Sku.of("TEE-M", "Tee, M"));
        hub.totals.put("TEE-M", new SkuTotals("TEE-M", "Tee, M", 12, 3));
    }

    private static CauseGroup unknownSku() {
        return group("c1", "stock.unknown_sku", "AMZ-TEE", 1200, 3400L, new BigDecimal("1234.5"), NOON);
    }

    private static CauseGroup group(
            String cause, String code, String field, long count, Long units, BigDecimal money, Instant seen) {
        return new CauseGroup(
                cause,
                "amazon",
                code,
                "Message of " + cause,
                count,
                NOON.minusSeconds(60),
                seen,
                List.of("amazon"),
                "orders-in",
                "ledger",
                "permanent",
                "amazon/order",
                5,
                1,
                0,
                new About("amazon", field, null, units, money, null, null));
    }

    private static DeadLetter letter(long id, String channel, String sku) {
        return new DeadLetter(
                id,
                channel,
                "orders-in",
                "ledger",
                "permanent",
                "stock.unknown_sku",
                "c1",
                "m",
                sku,
                "1001",
                1,
                NOON,
                NOON,
                "open");
    }

    private String words(String path) {
        HttpResponse<String> response = ops.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body().replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
    }

    private String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(302);
        return response.headers().firstValue("Location").orElseThrow();
    }

    /** The page that a form leads to. */
    private String after(HttpResponse<String> response) {
        URI next = URI.create(location(response));
        return ops.get(next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery()))
                .body();
    }

    @Test
    void causesStandInTheOrderOfWhatIsAtStakeOrOfTheirAge() {
        hub.causes.clear();
        hub.causes.add(group("many", "a", "x", 9_000, null, null, NOON));
        hub.causes.add(group("units", "b", "x", 1, 50L, null, NOON.plusSeconds(9)));
        hub.causes.add(group("money", "c", "x", 1, 5L, BigDecimal.TEN, NOON.minusSeconds(9)));
        ops.signedIn("key-of-viewer");
        assertThat(words("/dead-letters"))
                .containsSubsequence("Message of money", "Message of units", "Message of many", "9,000")
                .contains("9,002 messages in 3 causes");
        assertThat(words("/dead-letters?order=newest"))
                .containsSubsequence("Message of units", "Message of many", "Message of money");
        words("/dead-letters?channel=amazon");
        assertThat(hub.filters.getLast()).isEqualTo(new Filter("amazon", null, null, null, "open"));
    }

    @Test
    void aCauseSaysWhatIsWrongWhereAndWhatIsAtStake() {
        ops.signedIn("key-of-operations");
        assertThat(words(PAGE))
                .contains("No SKU is called “AMZ-TEE”", "Orders of amazon, at the ledger")
                .contains("Messages 1,200", "SKUs 1", "Units 3,400", "At cost 1,234.50")
                .contains("Say which SKU is meant", "&quot;total&quot; : 19.90", "Send 1,200 again");
        assertThat(hub.filters).contains(OPEN);
    }

    @Test
    void theSkuThatIsMeantIsSearchedFor() {
        ops.signedIn("key-of-operations");
        assertThat(words(PAGE + "&q=tee")).contains("“AMZ-TEE” is", "TEE-M", "12 available");
        assertThat(words(PAGE + "&q=nothing")).contains("No SKU has that in its code or title");
    }

    @Test
    void anAliasIsMadeAndWhatItMendsIsLookedAtBeforeAnythingIsSent() {
        ops.signedIn("key-of-operations");
        String next = location(ops.submit(
                PAGE, "/dead-letters/alias", Map.of("cause", "c1", "sku", "TEE-M", "reason", "renamed there")));

        assertThat(next).endsWith("/dead-letters/cause?id=c1&sku=TEE-M&preview=7#look");
        assertThat(hub.skus.get("TEE-M").aliases()).isEqualTo(Map.of("amazon", List.of("AMZ-TEE")));
        assertThat(hub.replayRequests).singleElement().satisfies(request -> {
            assertThat(request.dryRun()).isTrue();
            assertThat(request.filter()).isEqualTo(OPEN);
            assertThat(request.reason()).isEqualTo("renamed there");
            assertThat(request.requestedBy()).isEqualTo("otto");
        });
        hub.progress.put(7L, Samples.progress(7, "done", true, 3, 3, List.of(new Item(5, "applied", null))));
        assertThat(words(PAGE + "&sku=TEE-M&preview=7")).contains("Looked at 3 of 3 messages: none would fail");
    }

    @Test
    void aReplayAfterAnAliasIsNotedAsItsFix() {
        ops.signedIn("key-of-operations");
        String next = location(ops.submit(
                PAGE,
                "/dead-letters/replay",
                Map.of("cause", "c1", "sku", "TEE-M", "reason", "renamed there", "rate", "2.5")));
        assertThat(next).endsWith("/replays/7");
        assertThat(hub.fixes)
                .containsExactly(
                        new Replays.Fix("c1", "alias", "TEE-M", "renamed there", "otto", new BigDecimal("2.5")));
        assertThat(hub.replayRequests).isEmpty();
    }

    @Test
    void aReplayWithoutAFixIsOfWhatIsOpenNow() {
        ops.signedIn("key-of-operations");
        ops.submit(PAGE, "/dead-letters/replay", Map.of("cause", "c1", "reason", "again", "mended", ""));
        Replays.Request request = hub.replayRequests.getFirst();
        assertThat(request.filter()).isEqualTo(OPEN);
        assertThat(request.dryRun()).isFalse();
        assertThat(request.rate()).isNull();
        ops.submit(PAGE, "/dead-letters/replay", Map.of("cause", "c1", "reason", "again", "mended", "mapping"));
        assertThat(hub.fixes).singleElement().satisfies(fix -> assertThat(fix.kind())
                .isEqualTo("mapping"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dead-letters/alias", "/dead-letters/replay", "/dead-letters/discard"})
    void nothingIsDoneWithoutAReason(String act) {
        ops.signedIn("key-of-operations");
        assertThat(after(ops.submit(PAGE, act, Map.of("cause", "c1", "sku", "TEE-M", "reason", "  "))))
                .contains("Say why");
        assertThat(words(PAGE)).as("told once").doesNotContain("Say why");
        assertThat(hub.replayRequests).isEmpty();
        assertThat(hub.fixes).isEmpty();
        assertThat(hub.discards).isEmpty();
        assertThat(hub.skus.get("TEE-M").aliases()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e9", "fast", "1000001", "99999999999999999999999"})
    void aRateThatIsNoneIsRefusedAndWhatWasTypedStays(String rate) {
        ops.signedIn("key-of-operations");
        assertThat(after(ops.submit(
                        PAGE, "/dead-letters/replay", Map.of("cause", "c1", "reason", "typed once", "rate", rate))))
                .contains("The rate is messages a second", "value=\"typed once\"");
        assertThat(hub.replayRequests).isEmpty();
    }

    @Test
    void whatTheFlowsRefuseIsSaidInWords() {
        ops.signedIn("key-of-operations");
        location(ops.submit(PAGE, "/dead-letters/alias", Map.of("cause", "c1", "sku", "NONE", "reason", "because")));
        assertThat(words(PAGE)).contains("There is no SKU");
        hub.aliasTaken = new Catalogue.AliasTakenException("amazon", "AMZ-TEE", "TEE-L");
        location(ops.submit(PAGE, "/dead-letters/alias", Map.of("cause", "c1", "sku", "TEE-M", "reason", "because")));
        assertThat(words(PAGE)).contains("belongs to SKU TEE-L already");
        assertThat(hub.replayRequests).isEmpty();
    }

    @Test
    void aCauseIsDiscardedWithAReasonAndWhatStaysIsTold() {
        ops.signedIn("key-of-operations");
        location(ops.submit(PAGE, "/dead-letters/discard", Map.of("cause", "c1", "reason", "a test shop")));
        assertThat(hub.discards.getFirst().filter()).isEqualTo(OPEN);
        assertThat(hub.discards.getFirst().by()).isEqualTo("otto");
        assertThat(words(PAGE)).contains("1 message discarded", "1 message stays as before: It was resolved before.");
    }

    @Test
    void oneLetterIsEditedAndSentByItself() {
        ops.signedIn("key-of-operations");
        assertThat(words("/dead-letters/5")).contains("Dead letter #5", "&quot;orderRef&quot; : &quot;1001&quot;");
        String next = location(ops.submit(
                "/dead-letters/5",
                "/dead-letters/5/replay",
                Map.of("reason", "wrong total", "payload", "{\"orderRef\":\"1001\"}")));
        assertThat(next).endsWith("/replays/7");
        Replays.Request request = hub.replayRequests.getFirst();
        assertThat(request.ids()).containsExactly(5L);
        assertThat(new String(request.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"orderRef\":\"1001\"}");
        ops.submit("/dead-letters/5", "/dead-letters/5/replay", Map.of("reason", "again"));
        assertThat(hub.replayRequests.getLast().payload()).isNull();
        ops.submit("/dead-letters/5", "/dead-letters/5/discard", Map.of("reason", "twice"));
        assertThat(hub.discards.getFirst().ids()).containsExactly(5L);
    }

    @Test
    void whoMayNotSeesNoFormAndIsRefused() {
        ops.signedIn("key-of-viewer");
        assertThat(words(PAGE)).contains("Your role (viewer) reads").doesNotContain("Send 1,200", "Look", "Discard");
        assertThat(words("/dead-letters/5")).doesNotContain("Send this one again");
        hub.progress.put(7L, Samples.progress(7, "running", false, 3, 1, List.of()));
        assertThat(words("/replays/7")).doesNotContain("Pause");
        for (String act : List.of(
                "/dead-letters/alias",
                "/dead-letters/preview",
                "/dead-letters/replay",
                "/dead-letters/discard",
                "/dead-letters/5/replay",
                "/dead-letters/5/discard",
                "/replays/7/pause",
                "/replays/7/resume",
                "/replays/7/cancel")) {
            assertThat(ops.submit("/dead-letters", act, Map.of("cause", "c1", "reason", "r"))
                            .statusCode())
                    .as(act)
                    .isEqualTo(403);
        }
        assertThat(hub.replayRequests).isEmpty();
        assertThat(hub.acts).isEmpty();
    }

    @Test
    void aFormFromElsewhereDoesNothing() {
        ops.signedIn("key-of-admin");
        for (String act : List.of("/dead-letters/alias", "/dead-letters/replay", "/dead-letters/5/replay")) {
            assertThat(ops.post(act, Map.of("cause", "c1", "sku", "TEE-M", "reason", "r"), null)
                            .statusCode())
                    .as(act)
                    .isEqualTo(403);
        }
        assertThat(hub.replayRequests).isEmpty();
    }

    @Test
    void aReplaySaysHowFarItIsAndIsHeldUp() {
        ops.signedIn("key-of-operations");
        Replays.Job job = new Replays.Job(
                7,
                "running",
                false,
                "because",
                "otto",
                NOON,
                new BigDecimal("5.0"),
                null,
                null,
                1200,
                300,
                Map.of("applied", 299L, "failed", 1L));
        hub.jobs.add(job);
        hub.progress.put(7L, new Replays.Progress(job, List.of(new Item(5, "failed", "still unknown"))));
        assertThat(words("/replays/7"))
                .contains("Sending again: 300 of 1,200 messages.", "at most 5 a second", "because")
                .contains("299 applied", "1 failed", "#5 failed still unknown", "1,199 more");
        assertThat(ops.get("/replays/7/progress").body())
                .contains("data-state=\"running\"")
                .doesNotContain("<html");
        assertThat(location(ops.submit("/replays/7", "/replays/7/pause", Map.of())))
                .endsWith("/replays/7");
        ops.submit("/replays/7", "/replays/7/resume", Map.of());
        ops.submit("/replays/7", "/replays/7/cancel", Map.of());
        assertThat(hub.acts).containsExactly("PAUSE 7 otto", "RESUME 7 otto", "CANCEL 7 otto");
        assertThat(words("/replays")).contains("Replay 7", "300 of 1,200");
    }

    @Test
    void aReplayIsNotSaidToBeDoneWhileSomeOfItIsInHand() {
        ops.signedIn("key-of-operations");
        hub.progress.put(7L, Samples.progress(7, "done", false, 3, 2, List.of()));
        assertThat(ops.get("/replays/7/progress").body())
                .contains("data-state=\"ending\"", "Ending: 2 of 3 messages.")
                .doesNotContain("Done");
        hub.progress.put(7L, Samples.progress(7, "done", false, 3, 3, List.of()));
        assertThat(ops.get("/replays/7/progress").body()).contains("data-state=\"done\"", "Done: 3 of 3 messages");
    }

    @Test
    void whatIsNotThereSaysSo() {
        ops.signedIn("key-of-viewer");
        hub.causes.clear();
        for (String path :
                List.of(PAGE, "/dead-letters/404", "/replays/404", "/inbox/404", "/stock?sku=X", "/channels/x")) {
            HttpResponse<String> response = ops.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(response.body()).as(path).contains("There is nothing here");
        }
        assertThat(ops.get("/replays?before=x").statusCode()).isEqualTo(400);
        assertThat(words("/dead-letters")).contains("None is open");
    }
}
