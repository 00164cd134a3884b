package io.stockhub.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdiIT {
    private static final AtomicInteger CONTROL = new AtomicInteger(100);
    private final HubUnderTest hub = HubUnderTest.shared();

    @AfterEach
    void theLedgerHolds() {
        hub.assertLedgerHolds();
    }

    private static String receipt(int control, String receiptNumber, String line) {
        return """
                ISA*00*          *00*          *ZZ*ERP            *ZZ*STOCKHUB       *261120*1430*U*00401*%09d*0*P*>~
                GS*RE*ERP*STOCKHUB*20261120*1430*%d*X*004010~
                ST*944*0001~
                W17*F*20261120*%s*PO-77~
                N1*WH*South*92*SOUTH~
                %s~
                W14*10~
                SE*6*0001~
                GE*1*%d~
                IEA*1*%09d~
                """
                .formatted(control, control, receiptNumber, line, control, control);
    }

    private void drop(String name, String content) throws IOException {
        Path in = hub.data.resolve("edi/in");
        Path draft = Files.writeString(in.resolve(name + ".tmp"), content);
        Files.move(draft, in.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> answers(String base) throws IOException {
        try (Stream<Path> files = Files.list(hub.data.resolve("edi/out"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(base + "-"))
                    .filter(file -> file.toString().endsWith(".edi"))
                    .sorted()
                    .map(EdiIT::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String answer(String base, int number) {
        await().atMost(HubUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(answers(base)).hasSize(number));
        try {
            return answers(base).get(number - 1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aReceiptDroppedAsAFileRaisesEveryChannelAndIsAcknowledgedOnce() throws IOException {
        String sku = hub.newSku(1);
        int control = CONTROL.incrementAndGet();
        String file = receipt(control, "R-" + sku, "W07*10*EA**VN*" + sku);

        drop("good-" + sku + ".edi", file);
        String first = answer("good-" + sku, 1);
        assertThat(first).contains("AK1*RE*" + control, "AK5*A", "AK9*A*1*1*1");
        hub.awaitListed(sku, 11);

        drop("good-" + sku + ".edi", file);
        assertThat(answer("good-" + sku, 2)).isEqualTo(first);
        assertThat(hub.available(sku)).isEqualTo(11);
    }

    @Test
    void theSameReceiptInANewInterchangeTakesEffectOnce() {
        String sku = hub.newSku(0);
        for (int i = 0; i < 2; i++) {
            Api.Reply reply = post(receipt(CONTROL.incrementAndGet(), "R-" + sku, "W07*10*EA**VN*" + sku));
            assertThat(reply.body().asText()).contains("AK5*A");
        }
        hub.awaitListed(sku, 10);
        assertThat(hub.available(sku)).isEqualTo(10);
    }

    @Test
    void aBadSegmentIsRejectedByNameAndNothingIsPosted() {
        String sku = hub.newSku(0);

        Api.Reply reply = post(receipt(CONTROL.incrementAndGet(), "R-" + sku, "W07*1X0*EA**VN*" + sku));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().asText()).contains("AK3*W07*4*0200*8~AK4*1*413*6*1X0~", "AK5*R*5", "AK9*R*1*1*0");
        assertThat(hub.available(sku)).isZero();
    }

    @Test
    void anUnknownSkuIsAcceptedAsSyntaxAndIsADeadLetterWithNothingPosted() {
        String known = hub.newSku(0);
        String ghost = "EDI-GHOST-" + known;
        int control = CONTROL.incrementAndGet();

        Api.Reply reply = post(receipt(control, "R-" + known, "W07*10*EA**VN*" + known + "~\nW07*10*EA**VN*" + ghost)
                .replace("SE*6", "SE*7"));

        assertThat(reply.body().asText()).contains("AK5*A");
        await().atMost(HubUnderTest.PATIENCE)
                .untilAsserted(() -> assertThat(deadLetters(ghost)).hasSize(1));
        assertThat(deadLetters(ghost).path(0).path("code").asText()).isEqualTo("stock.unknown_sku");
        assertThat(hub.available(known)).isZero();
    }

    @Test
    void aControlNumberUsedAgainWithOtherContentIsRefused() {
        String sku = hub.newSku(0);
        int control = CONTROL.incrementAndGet();
        post(receipt(control, "R1-" + sku, "W07*10*EA**VN*" + sku));

        Api.Reply reply = post(receipt(control, "R2-" + sku, "W07*99*EA**VN*" + sku));

        assertThat(reply.body().asText()).contains("TA1*%09d".formatted(control), "*R*025");
        hub.awaitListed(sku, 10);
    }

    @Test
    void whatIsNoEdiAtAllIsRefusedAndKept() {
        long before = hub.api
                .get("/api/v1/dead-letters?cause=")
                .body()
                .path("deadLetters")
                .size();

        Api.Reply reply = post("this is not EDI");

        assertThat(reply.status()).isIn(400, 422);
        assertThat(hub.api
                        .get("/api/v1/dead-letters")
                        .body()
                        .path("deadLetters")
                        .size())
                .isGreaterThanOrEqualTo((int) before);
    }

    private JsonNode deadLetters(String sku) {
        return hub.api.get("/api/v1/dead-letters?sku=" + sku).body().path("deadLetters");
    }

    private Api.Reply post(String interchange) {
        return hub.api.send(
                "POST",
                "/edi",
                interchange.getBytes(StandardCharsets.ISO_8859_1),
                Map.of("Content-Type", "application/edi-x12"));
    }
}
