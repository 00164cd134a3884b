package io.stockhub.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CliTest {
    private final StubHub hub = new StubHub();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> started = new ArrayList<>();

    @AfterEach
    void stop() {
        hub.close();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--url", hub.url(), "--key", "my-key"));
        all.addAll(List.of(arguments));
        return runAsIs(all.toArray(String[]::new));
    }

    private int runAsIs(String... arguments) {
        CommandLine line = StockhubCommand.commandLine(settings -> {
            started.addAll(List.of(settings));
            return () -> {};
        });
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    @Test
    void stockIsShownAsTables() {
        hub.on(
                "GET /api/v1/stock/TEE%20M",
                200,
                """
            {"sku":"TEE M","locations":[{"location":"JKT","states":{"available":12,"reserved":3}}],
             "channels":[{"channel":"amazon","ats":12,"wanted":12,"sent":9,"confirmed":9,"dirtySince":null}],"expected":[]}\
            """);

        assertThat(run("stock", "TEE M")).isZero();
        assertThat(out.toString())
                .contains("LOCATION  AVAILABLE  RESERVED")
                .contains("JKT              12         3")
                .contains("amazon         12      12     9          9  -");
        assertThat(hub.asked.get(0).headers().get("Authorization")).containsExactly("Bearer my-key");
    }

    @Test
    void jsonIsExactlyWhatTheHubAnswered() {
        String document = "{\"channels\":[ {\"channel\" : \"amazon\"} ]}";
        hub.on("GET /api/v1/channels", 200, document);
        assertThat(run("channels", "--json")).isZero();
        assertThat(out.toString()).isEqualTo(document + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void driftSaysWhatWasShownAndWhatBecameOfIt() {
        hub.on(
                "GET /api/v1/drifts?limit=100&channel=ebay&sku=MUG&state=open",
                200,
                """
            {"drifts":[{"id":"3","channel":"ebay","sku":"MUG","channelSku":"MUG","expected":5,"shown":null,"cause":"not-listed",
             "foundBy":"read-back","foundAt":"2026-11-21T10:00:00Z","closedAt":"2026-11-21T10:00:09Z","overwritten":true},
             {"id":"2","channel":"ebay","sku":"MUG","channelSku":"MUG","expected":5,"shown":4,"cause":"unexplained",
             "foundBy":"compare","foundAt":"2026-11-21T10:00:00Z","closedAt":null,"overwritten":false},
             {"id":"1","channel":"ebay","sku":"MUG","channelSku":"MUG","expected":5,"shown":9,"cause":"edited",
             "foundBy":"read-back","foundAt":"2026-11-21T10:00:00Z","closedAt":"2026-11-21T10:00:09Z","overwritten":false}],"next":null}""");
        assertThat(run("drift", "--channel", "ebay", "--sku", "MUG", "--open")).isZero();
        assertThat(out.toString())
                .contains("not-listed", "our number was sent again")
                .contains("unexplained", "waits for an order that explains it")
                .contains("edited", "its units were divided anew");
        hub.on("GET /api/v1/drifts?limit=100", 200, "{\"drifts\":[],\"next\":null}");
        assertThat(run("drift")).isZero();
        assertThat(out.toString()).contains("No drift");
    }

    @Test
    void whatIsHeldIsShownAndDecidedWithAReason() {
        hub.on(
                "GET /api/v1/drifts?limit=100&channel=ebay&state=open",
                200,
                """
            {"drifts":[{"id":"4","channel":"ebay","sku":"CAP","channelSku":"CAP","expected":5,"shown":9,"cause":"wrong-alias",
             "foundBy":"read-back","foundAt":"2026-11-21T10:00:00Z","closedAt":null,"overwritten":false,"policy":"hold","decided":null},
             {"id":"3","channel":"ebay","sku":"MUG","channelSku":"MUG","expected":5,"shown":2,"cause":"rejected-feed",
             "foundBy":"read-back","foundAt":"2026-11-21T10:00:00Z","closedAt":null,"overwritten":false,"policy":null,"decided":null}],
             "next":null}""");
        assertThat(run("drift", "--channel", "ebay", "--open")).isZero();
        assertThat(out.toString())
                .contains("wrong-alias", "held: waits for a decision", "./stockhub drift decide")
                .contains("rejected-feed", "is in the dead letters");
        hub.on(
                "POST /api/v1/drifts/4/decide",
                200,
                """
            {"id":"4","channel":"ebay","sku":"CAP","closedAt":"2026-11-21T10:00:00Z","overwritten":true,"policy":"hold",
             "decided":{"decision":"overwrite","by":"olga"}}""");
        assertThat(run("drift", "decide", "4", "overwrite", "--reason", "looked"))
                .isZero();
        assertThat(out.toString()).contains("CAP at ebay: olga decided to overwrite.");
        assertThat(run("drift", "decide", "4", "overwrite"))
                .as("without a reason")
                .isEqualTo(2);
    }

    @Test
    void reconcilingTellsHowFarItIsAndWhatDiffers() {
        hub.on("POST /api/v1/channels/ebay/reconcile", 202, "{\"channel\":\"ebay\",\"listings\":9}");
        hub.on(
                "GET /api/v1/channels/ebay/reconcile",
                200,
                """
            {"channel":"ebay","since":"2026-11-21T10:00:00Z","why":"asked","listings":9,"toRead":0,"found":0}""");
        hub.on(
                "GET /api/v1/drifts?limit=1000&since=2026-11-21T10%3A00%3A00Z&channel=ebay",
                200, "{\"drifts\":[],\"next\":null}");
        assertThat(run("channels", "reconcile", "ebay")).isZero();
        assertThat(err.toString()).contains("9 of 9 read, 0 differ");
        assertThat(out.toString()).contains("No drift");
        assertThat(run("channels", "reconcile", "ebay", "--no-wait")).isZero();
        assertThat(out.toString()).contains("9 listings of ebay will be read back");
    }

    @Test
    void whyAnOrderWasOversoldIsToldWithWhoseDoingItWas() {
        hub.on(
                "GET /api/v1/why-oversold?order=10%2001&channel=bay",
                200,
                """
            {"orders":[{"channel":"bay","orderRef":"10 01","placedAt":"2026-11-21T10:00:00Z","receivedAt":null,
             "takenAt":"2026-11-21T10:00:09Z","lines":[
             {"sku":"MUG","quantity":2,"shortBy":1,"stillShort":0,"causes":[
              {"fault":"delay","code":"sold-elsewhere","text":"The last units went elsewhere."}],
              "events":[{"at":"2026-11-21T10:00:01Z","text":"It was told 0."}]},
             {"sku":"CUP","quantity":1,"shortBy":0,"stillShort":0,"causes":[],"events":[]}]}]}""");
        assertThat(run("why-oversold", "10 01", "--channel", "bay")).isZero();
        assertThat(out.toString())
                .contains("MUG: 1 of 2 were not there; 0 are missing now.")
                .contains("why (delay): The last units went elsewhere.")
                .contains("2026-11-21T10:00:01Z  It was told 0.")
                .contains("CUP: all of 1 were there.");
    }

    @Test
    void theReasonsOfANumberAreATree() {
        hub.on(
                "GET /api/v1/stock/TEE-M/why?channel=amazon",
                200,
                """
            {"ats":9,"derivation":{"title":"available to sell on amazon","quantity":9,"children":[
             {"title":"available at JKT","quantity":10,"children":[]},{"title":"buffer of amazon","quantity":-1,"children":[]}]}}\
            """);
        assertThat(run("stock", "why", "TEE-M", "amazon")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "       9  available to sell on amazon",
                        "        10  available at JKT",
                        "        -1  buffer of amazon",
                        "",
                        "By the settings alone.");
    }

    @Test
    void historyNamesTheNextPage() {
        hub.on(
                "GET /api/v1/stock/A/movements?limit=1",
                200,
                """
            {"postings":[{"movementId":"4","recordedAt":"t","kind":"receipt","location":"JKT","from":"supplier",
             "to":"available","quantity":3,"reference":null,"actor":"otto"}],"next":"4"}\
            """);
        assertThat(run("stock", "history", "A", "--limit", "1")).isZero();
        assertThat(out.toString()).contains("receipt").contains("--after 4");
    }

    @Test
    void aHubThatIsNotThereIsSaidToBeWithWhatToDo() {
        hub.close();
        assertThat(run("channels")).isEqualTo(1);
        assertThat(err.toString())
                .contains("Cannot reach " + hub.url()
                        + ". Is the hub running? Start it with ./stockhub run or ./stockhub demo.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aRefusalSaysTheDetailAndTheNextStep() {
        hub.on("GET /api/v1/channels", 401, "{\"type\":\"/problems/unauthorized\",\"detail\":\"No key.\"}");
        assertThat(runAsIs("channels", "--url", hub.url())).isEqualTo(1);
        assertThat(err.toString()).contains("No key.").contains("STOCKHUB_KEY");
    }

    @Test
    void aRefusalWithJsonIsOneDocumentOnStandardOutput() throws IOException {
        String problem = "{\"type\":\"/problems/not-found\",\"detail\":\"No SKU.\"}";
        hub.on("GET /api/v1/stock/X", 404, problem);
        assertThat(run("--json", "stock", "X")).isEqualTo(1);
        JsonNode document = new ObjectMapper().readTree(out.toString());
        assertThat(document.get("type").asText()).isEqualTo("/problems/not-found");
    }

    @Test
    void somethingElseBehindTheAddressIsNotMistakenForAHub() {
        hub.on("GET /api/v1/channels", 200, "<html>router</html>");
        assertThat(run("channels")).isEqualTo(1);
        assertThat(err.toString()).contains("no Stockhub hub");
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(run("stock")).isEqualTo(2);
        assertThat(run("stock", "why", "TEE-M")).isEqualTo(2);
        assertThat(run("dlq", "replay")).isEqualTo(2);
        assertThat(run("dlq", "replay", "1", "--all")).isEqualTo(2);
        assertThat(run("dlq", "replay", "1", "2", "--edit", "f")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(runAsIs("channels", "--url", "localhost:8080")).isEqualTo(2);
        assertThat(hub.asked).isEmpty();
    }

    @Test
    void deadLettersAreGroupedByCauseWithTheirIds() {
        hub.on(
                        "GET /api/v1/dead-letters?groupBy=cause&channel=amazon",
                        200,
                        """
            {"causes":[{"cause":"c1","channel":"amazon","code":"sku.unknown","message":"no\\u001b[31m SKU","count":2}]}\
            """)
                .on(
                        "GET /api/v1/dead-letters?limit=1000&channel=amazon",
                        200,
                        """
                    {"deadLetters":[{"id":"8","cause":"c1"},{"id":"7","cause":"c1"}],"next":null}\
                    """);
        assertThat(run("dlq", "--channel", "amazon")).isZero();
        assertThat(out.toString()).contains("sku.unknown").contains("8 7").doesNotContain("\u001b");
    }

    @Test
    void aDeadLetterIsShownWithItsPayload() {
        hub.on(
                "GET /api/v1/dead-letters/8",
                200,
                """
            {"id":"8","state":"open","message":"no SKU","history":[{"attempt":1,"at":"t","code":"c","message":"m"}],
             "contentType":"application/json","payloadEncoding":"text","payload":"{\\n \\"a\\": 1}"}\
            """);
        assertThat(run("dlq", "show", "8")).isZero();
        assertThat(out.toString()).contains("no SKU").contains("{\n \"a\": 1}");
    }

    @Test
    void aReplayIsFollowedToItsEnd(@TempDir Path folder) throws IOException {
        Path payload = Files.writeString(folder.resolve("order.json"), "{\"a\":1.10}");
        hub.on("POST /api/v1/dead-letters/replay", 202, "{\"replayId\":\"7\"}")
                .on("GET /api/v1/replays/7", 200, "{\"state\":\"running\",\"total\":1,\"finished\":0,\"messages\":[]}")
                .on(
                        "GET /api/v1/replays/7",
                        200,
                        """
                    {"state":"done","dryRun":false,"total":1,"finished":1,
                     "messages":[{"id":"8","outcome":"applied","message":null}]}\
                    """);

        assertThat(run("dlq", "replay", "8", "--edit", payload.toString(), "--reason", "typo"))
                .isZero();

        assertThat(hub.asked.get(0).body())
                .isEqualTo("{\"ids\":[\"8\"],\"dryRun\":false,\"reason\":\"typo\",\"payload\":\"{\\\"a\\\":1.10}\"}");
        assertThat(out.toString()).contains(" 8  applied").contains("Done: 1 applied");
        assertThat(err.toString()).contains("0 of 1").contains("1 of 1");
    }

    @Test
    void aReplayThatFailsAgainIsAFailure() {
        hub.on("POST /api/v1/dead-letters/replay", 202, "{\"replayId\":\"7\"}")
                .on(
                        "GET /api/v1/replays/7",
                        200,
                        """
            {"state":"done","dryRun":true,"total":2,"finished":2,
             "messages":[{"id":"8","outcome":"failed","message":"still"},{"id":"9","outcome":"applied"}]}\
            """);
        assertThat(run("dlq", "replay", "--cause", "c1", "--dry-run")).isEqualTo(1);
        assertThat(hub.asked.get(0).body()).isEqualTo("{\"filter\":{\"cause\":\"c1\"},\"dryRun\":true}");
        assertThat(out.toString()).contains("Dry run, nothing changed: 1 applied 1 failed");
    }

    @Test
    void anEmptyFilterReplaysAll() {
        hub.on("POST /api/v1/dead-letters/replay", 202, "{\"replayId\":\"7\"}")
                .on("GET /api/v1/replays/7", 200, "{\"state\":\"done\",\"total\":0,\"finished\":0,\"messages\":[]}");
        assertThat(run("dlq", "replay", "--all")).isZero();
        assertThat(hub.asked.get(0).body()).isEqualTo("{\"filter\":{},\"dryRun\":false}");
        assertThat(out.toString()).contains("Nothing to replay.");
    }

    @Test
    void anInterchangeIsSentByteForByteAndItsAcknowledgementPrinted(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("receipt.edi"), "ISA*00~");
        hub.on(
                "POST /edi",
                200,
                "{\"outcome\":\"accepted\",\"message\":\"1 document\",\"acknowledgement\":\"ISA*997~\"}");
        assertThat(run("edi", "send", file.toString())).isZero();
        assertThat(hub.asked.get(0).body()).isEqualTo("ISA*00~");
        assertThat(out.toString()).contains("1 document").contains("ISA*997~");
        assertThat(run("edi", "send", folder.resolve("none").toString())).isEqualTo(1);
    }

    @Test
    void aBrokenLedgerIsAFailure() {
        hub.on(
                "GET /api/v1/ledger/verify",
                200,
                """
            {"movements":2,"postings":3,"balances":4,"imbalanced":0,"negative":1,"balanceMismatch":0,
             "reservationMismatch":0,"passes":false,"unsealed":0,"until":null,
             "findings":[{"check":"negative","what":"TEE at JKT available (account 4)","detail":"holds -1"}]}\
            """);
        assertThat(run("ledger", "verify")).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("FAIL  2 movements with 3 postings against 4 accounts")
                .contains("BROKEN no stock is below zero (1 does not)")
                .contains("TEE at JKT available (account 4): holds -1");
    }

    @Test
    void aLedgerThatHoldsSaysWhatWasCountedAndUntilWhichSeal() {
        hub.on(
                "GET /api/v1/ledger/verify?mode=incremental",
                200,
                """
            {"mode":"incremental","movements":2,"postings":3,"balances":4,"changed":0,"passes":true,"unsealed":1,
             "until":{"position":1,"movementId":"17","hash":"abcd","sealedAt":"2026-09-04T10:15:00Z"},"findings":[]}\
            """);
        assertThat(run("ledger", "verify", "--incremental")).isZero();
        assertThat(out.toString())
                .startsWith("PASS  2 movements")
                .contains("sealed until position 1 (movement 17, 2026-09-04T10:15:00Z), 1 not sealed yet")
                .contains("abcd")
                .contains("ok     every movement is as it was sealed");
    }

    @Test
    void stockOfAPastMomentIsAskedForAsItWasWritten() {
        hub.on(
                "GET /api/v1/stock/KIT?at=2026-01-01T00%3A00%3A00%2B07%3A00&knownAt=2026-01-02T00%3A00%3A00Z",
                200,
                """
            {"sku":"KIT","locations":[{"location":"JKT","states":{"available":1,"reserved":0,"in_transit":4},
             "details":[{"state":"available","quantity":1,"lot":"L-1"}]}],
             "components":[{"sku":"TEE","quantity":2}],"expected":[{"date":null,"quantity":4}],"channels":[]}\
            """);
        assertThat(run("stock", "KIT", "--at", "2026-01-01T00:00:00+07:00", "--known-at", "2026-01-02T00:00:00Z"))
                .isZero();
        assertThat(out.toString())
                .contains("IN TRANSIT")
                .contains("L-1")
                .contains("MADE OF")
                .contains("EXPECTED");
    }

    @Test
    void aChannelIsPushedAgain() {
        hub.on("POST /api/v1/channels/amazon/sync", 202, "{\"channel\":\"amazon\",\"listings\":12}");
        assertThat(run("channels", "sync", "amazon")).isZero();
        assertThat(out.toString()).contains("12 numbers");
    }

    @Test
    void runPassesItsOptionsOnTheSpringWay(@TempDir Path folder) {
        assertThat(runAsIs(
                        "run",
                        "--config",
                        folder.toString(),
                        "--port",
                        "0",
                        "--data",
                        "d",
                        "--stockhub.channels[0].buffer=2"))
                .isZero();
        assertThat(started)
                .containsExactly(
                        "--stockhub.channels[0].buffer=2",
                        "--stockhub.data=d",
                        "--stockhub.config=" + folder,
                        "--server.port=0");
        assertThat(runAsIs("run", "--config", folder.toString(), "--prot", "1")).isEqualTo(2);
    }

    @Test
    void helpNamesEveryCommandAndWhatIsStillToCome() {
        assertThat(runAsIs("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "run", "stock", "channels", "inbox", "dlq", "edi", "ledger", "demo", "sandbox", "test", "bench")
                .contains("Not available yet: connector, mapping, edi parse");
        for (String command : List.of("run", "stock", "channels", "inbox", "dlq", "edi", "ledger")) {
            assertThat(runAsIs(command, "--help")).isZero();
        }
    }
}
