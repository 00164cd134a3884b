package io.stockhub.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DlqCliTest extends StubbedCli {
    private static final String DONE =
            """
            {"replayId":"7","state":"%s","dryRun":false,"total":1200,"finished":1200,"counts":%s,
             "messages":[{"id":"8","outcome":"applied","message":null}]}""";

    DlqCliTest() {
        super("dlq");
    }

    @Test
    void anAliasMendsACauseAndTheReplayIsFollowed() {
        hub.on(
                        "POST /api/v1/dead-letters/causes/stock.unknown_sku-1/fix",
                        202,
                        "{\"replayId\":\"7\",\"letters\":1200,\"system\":\"shop\",\"alias\":\"CAP\"}")
                .on("GET /api/v1/replays/7", 200, DONE.formatted("done", "{\"applied\":1200}"));
        assertThat(run("fix", "stock.unknown_sku-1", "--alias", "TEE-M", "--reason", "new name", "--rate", "50"))
                .isZero();
        assertThat(hub.asked.getFirst().body())
                .isEqualTo("{\"kind\":\"alias\",\"sku\":\"TEE-M\",\"reason\":\"new name\",\"rate\":50}");
        assertThat(out.toString()).as("all are counted, not those on the page").contains("Done: 1200 applied");
    }

    @Test
    void aReplayThatSomebodyCancelledIsAFailure() {
        hub.on("POST /api/v1/dead-letters/replay", 202, "{\"replayId\":\"7\"}")
                .on("GET /api/v1/replays/7", 200, DONE.formatted("cancelled", "{\"applied\":1,\"cancelled\":1199}"));
        assertThat(run("replay", "--cause", "c1", "--rate", "0.5")).isEqualTo(1);
        assertThat(hub.asked.getFirst().body())
                .isEqualTo("{\"filter\":{\"cause\":\"c1\"},\"dryRun\":false,\"rate\":0.5}");
    }

    @Test
    void whatIsDiscardedIsSaidAndWhatStaysIsAFailure() {
        hub.on(
                "POST /api/v1/dead-letters/discard",
                200,
                "{\"discarded\":1,\"refused\":[{\"id\":\"8\",\"message\":\"It was resolved before.\"}]}");
        assertThat(run("discard", "7", "8", "--reason", "test orders")).isEqualTo(1);
        assertThat(hub.asked.getFirst().body()).isEqualTo("{\"ids\":[\"7\",\"8\"],\"reason\":\"test orders\"}");
        assertThat(out.toString()).contains("1 discarded.", "It was resolved before.");
    }

    @Test
    void jobsAreListedAndPaused() {
        hub.on(
                        "GET /api/v1/replays",
                        200,
                        """
                        {"replays":[{"replayId":"7","state":"running","finished":5,"total":9,
                          "counts":{"applied":4,"failed":1},"rate":10,"requestedBy":"otto","reason":"typo"}],"next":null}""")
                .on(
                        "POST /api/v1/replays/7/pause",
                        200,
                        "{\"replayId\":\"7\",\"state\":\"paused\",\"finished\":5,\"total\":9}");
        assertThat(run("replays")).isZero();
        assertThat(out.toString()).contains("running", "4 applied, 1 failed", "otto", "typo");
        assertThat(run("replays", "pause", "7")).isZero();
        assertThat(out.toString()).contains("Replay 7 is paused: 5 of 9.");
    }

    @Test
    void wrongUsageAsksNobody() {
        assertThat(run("fix", "c1")).isEqualTo(2);
        assertThat(run("fix", "c1", "--alias", "A", "--kind", "other")).isEqualTo(2);
        assertThat(run("discard", "7")).as("without a reason").isEqualTo(2);
        assertThat(run("discard", "--reason", "x")).isEqualTo(2);
        assertThat(run("discard", "7", "--cause", "c", "--reason", "x")).isEqualTo(2);
        assertThat(hub.asked).isEmpty();
    }
}
