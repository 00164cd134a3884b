package io.stockhub.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RulesCliTest {
    private static final String RIGHT = "{\"findings\":[]}";
    private static final String WRONG =
            "{\"findings\":[{\"line\":7,\"path\":\"channels.web.floor\",\"problem\":\"-1 (expected: >= 0)\"}]}";

    private final StubHub hub = new StubHub();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private String file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("rules.yaml"), "channels: {}\n").toString();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", hub.url(), "--key", "k"));
        CommandLine commands = StockhubCommand.commandLine(settings -> () -> {});
        return commands.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private List<String> lines() {
        return out.toString().lines().map(String::stripTrailing).toList();
    }

    @Test
    void whatIsShownCanBeAppliedAgain() {
        hub.on(
                "GET /api/v1/rules",
                200,
                "{\"version\":2,\"appliedBy\":\"paul\",\"appliedAt\":\"T\",\"comment\":null,\"document\":\"channels: {}\\n\"}");
        assertThat(run("rules", "show")).isZero();
        assertThat(lines()).containsExactly("# version 2, applied by paul at T", "channels: {}");
    }

    @Test
    void anOlderVersionIsShownByItsNumber() {
        hub.on(
                "GET /api/v1/rules/versions/1",
                200,
                "{\"version\":1,\"appliedBy\":\"p\",\"appliedAt\":\"T\",\"comment\":\"c\",\"document\":\"{}\"}");
        assertThat(run("rules", "show", "1")).isZero();
        assertThat(lines()).containsExactly("# version 1, applied by p at T: c", "{}");
    }

    @Test
    void theHistoryIsATable() {
        hub.on(
                "GET /api/v1/rules/versions?limit=100",
                200,
                "{\"versions\":[{\"version\":2,\"appliedBy\":\"paul\",\"appliedAt\":\"T\",\"comment\":\"x\"}],\"next\":\"2\"}");
        assertThat(run("rules", "history")).isZero();
        assertThat(lines()).element(0).isEqualTo("VERSION  APPLIED  BY    COMMENT");
        assertThat(lines()).last().isEqualTo("More: ./stockhub rules history --before 2");
    }

    @Test
    void aRightDocumentIsSaidToBe() {
        hub.on("POST /api/v1/rules/check", 200, RIGHT);
        assertThat(run("rules", "check", file)).isZero();
        assertThat(lines()).containsExactly(file + " can be applied.");
        assertThat(hub.asked.getFirst().body()).isEqualTo("channels: {}\n");
        assertThat(hub.asked.getFirst().headers().get("Content-type")).containsExactly("application/yaml");
    }

    @Test
    void everyFindingIsALineAndTheExitIsOne() {
        hub.on("POST /api/v1/rules/check", 200, WRONG);
        assertThat(run("rules", "check", file)).isEqualTo(1);
        assertThat(run("rules", "plan", file)).isEqualTo(1);
        assertThat(run("rules", "apply", file)).isEqualTo(1);
        assertThat(lines())
                .filteredOn("line 7: channels.web.floor: -1 (expected: >= 0)"::equals)
                .hasSize(3);
        assertThat(hub.asked).allMatch(asked -> asked.call().endsWith("/check"));
    }

    @Test
    void aPlanIsATableThatEndsWithWhatToDo() {
        hub.on("POST /api/v1/rules/check", 200, RIGHT)
                .on(
                        "POST /api/v1/rules/plan?limit=100",
                        200,
                        "{\"version\":3,\"changed\":1,\"lower\":1,\"toZero\":0,\"unchanged\":9,\"resold\":2,\"more\":false,"
                                + "\"changes\":[{\"sku\":\"A\",\"channel\":\"web\",\"now\":10,\"then\":8}]}");
        assertThat(run("rules", "plan", file)).isZero();
        assertThat(lines())
                .containsExactly(
                        "SKU  CHANNEL  NOW  THEN",
                        "A    web       10     8",
                        "",
                        "1 numbers would change (1 lower, 0 to zero), 9 would not.",
                        "Channels would share 2 SKUs in another way: in escrow each is told a part of its number.",
                        "Apply it: ./stockhub rules apply " + file + " --expect 3");
    }

    @Test
    void aDocumentIsAppliedWithItsReasonOnTheVersionThatWasPlanned() {
        hub.on("POST /api/v1/rules/check", 200, RIGHT)
                .on(
                        "PUT /api/v1/rules?comment=for%20summer&expectedVersion=3",
                        200, "{\"version\":4,\"changed\":true}");
        assertThat(run("rules", "apply", file, "--comment", "for summer", "--expect", "3"))
                .isZero();
        assertThat(lines()).containsExactly("Version 4 holds. The channels are being told.");
    }

    @Test
    void withJsonThereIsOneDocument() {
        hub.on("POST /api/v1/rules/check", 200, RIGHT)
                .on("PUT /api/v1/rules", 200, "{\"version\":4,\"changed\":false}");
        assertThat(run("rules", "apply", file, "--json")).isZero();
        assertThat(lines()).containsExactly("{\"version\":4,\"changed\":false}");
    }

    @Test
    void wrongUsageIsTwoAndAMissingFileIsOne() {
        assertThat(run("rules")).isEqualTo(2);
        assertThat(run("rules", "plan")).isEqualTo(2);
        assertThat(run("rules", "show", "x")).isEqualTo(2);
        assertThat(run("rules", "check", "no-such-file")).isEqualTo(1);
        assertThat(err.toString()).contains("Cannot read no-such-file");
        assertThat(hub.asked).isEmpty();
    }

    @Test
    void aBundlesReasonsNameItsScarcestComponent() {
        hub.on(
                "GET /api/v1/stock/SET/why?channel=web",
                200,
                """
                {"ats":2,"rulesVersion":4,"scarcest":"A","derivation":{"title":"available to sell on web","quantity":2,
                 "notes":[],"children":[{"title":"bundles that A suffices for","quantity":2,"notes":[],"children":[]}]},
                 "components":[{"sku":"A","perUnit":2,"bundles":2,"derivation":{"title":"sellable of A","quantity":5,
                  "notes":["x 1"],"children":[]}}]}""");
        assertThat(run("stock", "why", "SET", "web")).isZero();
        assertThat(lines())
                .containsExactly(
                        "       2  available to sell on web",
                        "         2  bundles that A suffices for",
                        "",
                        "A: 2 per unit, enough for 2 (the scarcest)",
                        "       5  sellable of A (x 1)",
                        "",
                        "By version 4 of the rules.");
    }

    @Test
    void aPromiseIsATableByDay() {
        hub.on(
                "GET /api/v1/stock/A/promise?channel=web",
                200,
                """
                {"steps":[{"date":"2026-09-04","quantity":4},{"date":"2026-09-06","quantity":8}],"backordered":{"A":1},
                 "expected":[{"date":"2026-09-06","sku":"A","location":"JKT","quantity":5,"reference":"PO-1"}],
                 "notCounted":[]}""");
        assertThat(run("stock", "promise", "A", "web")).isZero();
        assertThat(lines())
                .containsExactly(
                        "FROM        MAY BE PROMISED",
                        "2026-09-04                4",
                        "2026-09-06                8",
                        "Orders wait for 1 of A.",
                        "",
                        "EXPECTED    SKU  LOCATION  QUANTITY  REFERENCE",
                        "2026-09-06  A    JKT              5  PO-1");
    }
}
