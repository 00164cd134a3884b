package io.stockhub.routes.edi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ReceiptAdviceTest {
    @Test
    void aGoodReceiptIsAcceptedAndAcknowledged() {
        EdiInterchange interchange = X12.readOne(X12.group(X12.goodSet("0001")));

        assertThat(interchange.problems()).isEmpty();
        assertThat(interchange.verdict()).isEqualTo(new Verdict.Readable("000"));
        EdiSet set = X12.onlySet(interchange);
        assertThat(set.accepted()).isTrue();
        assertThat(X12.answer(interchange)).containsExactly("AK1*RE*451", "AK2*944*0001", "AK5*A", "AK9*A*1*1*1");
    }

    @Test
    void aSetIsGivenAsJsonWithItsEnvelope() {
        EdiSet set = X12.onlySet(X12.readOne(X12.group(
                X12.set("0001", "W17*F*20260313*GRN \"1\\", "N1*WH*Caf\u00e9*92*SUB", "W07*24*EA**VN*MUG", "W14*24"))));

        assertThat(set.json())
                .isEqualTo("{\"standard\":\"X12\",\"set\":\"944\",\"version\":\"004010\","
                        + "\"sender\":{\"qualifier\":\"ZZ\",\"id\":\"HARBOURDEPOT\"},"
                        + "\"receiver\":{\"qualifier\":\"ZZ\",\"id\":\"STOCKHUB\"},"
                        + "\"interchange\":\"000000451\",\"group\":\"451\",\"control\":\"0001\",\"segments\":["
                        + "[\"W17\",\"F\",\"20260313\",\"GRN \\\"1\\\\\"],[\"N1\",\"WH\",\"Caf\u00e9\",\"92\",\"SUB\"],"
                        + "[\"W07\",\"24\",\"EA\",\"\",\"VN\",\"MUG\"],[\"W14\",\"24\"]]}");
    }

    @Test
    void badSegmentsAreNamedInTheAcknowledgement() {
        EdiInterchange interchange = X12.readOne(X12.group(X12.set(
                "0001",
                "W17*Z*20260230*GRN-1",
                "N1*WH*Surabaya*92*SUB",
                "XQ7*what",
                "W07*1O*BOX**VN*MUG-BLUE",
                "W07*5*EA",
                "W14*15")));

        assertThat(X12.onlySet(interchange).accepted()).isFalse();
        assertThat(X12.answer(interchange))
                .containsExactly(
                        "AK1*RE*451",
                        "AK2*944*0001",
                        "AK3*W17*2**8",
                        "AK4*1*514*7*Z",
                        "AK4*2*373*8*20260230",
                        "AK3*XQ7*4*0100*6",
                        "AK3*W07*5*0200*8",
                        "AK4*1*413*6*1O",
                        "AK4*2*355*5*BOX",
                        "AK3*W07*6*0200*8",
                        "AK4*3*438*2",
                        "AK4*4*235*2",
                        "AK5*R*5",
                        "AK9*R*1*1*0");
    }

    @Test
    void oneBadSetDoesNotSpoilTheOther() {
        EdiInterchange interchange = X12.readOne(X12.group(
                X12.goodSet("0001"), X12.set("0002", "W17*F*20260313", "N1*WH*S*92*SUB", "W07*1*EA**VN*A", "W14*1")));

        assertThat(interchange.groups().getFirst().sets())
                .extracting(EdiSet::accepted)
                .isEqualTo(List.of(true, false));
        assertThat(X12.answer(interchange))
                .containsExactly(
                        "AK1*RE*451",
                        "AK2*944*0001",
                        "AK5*A",
                        "AK2*944*0002",
                        "AK3*W17*2**8",
                        "AK4*3*394*1",
                        "AK5*R*5",
                        "AK9*P*2*2*1");
    }

    @Test
    void namesInAnyAlphabetAreTakenAsSent() {
        String text = X12.group(X12.set(
                "0001",
                "W17*F*20260313*G1",
                "N1*WH*Caf\u00e9 \u6771\u4eac \ud83d\udce6*92*SUB",
                "W07*24*EA**VN*MUG",
                "W14*24"));

        EdiSet utf8 = X12.onlySet(
                X12.reader().read(text.getBytes(StandardCharsets.UTF_8)).getFirst());
        EdiSet latin1 = X12.onlySet(X12.readOne(text.replaceAll("[^\u0000-\u00ff]+", "")));

        assertThat(utf8.faults()).isEmpty();
        assertThat(utf8.json()).contains("[\"N1\",\"WH\",\"Caf\u00e9 \u6771\u4eac \ud83d\udce6\",\"92\",\"SUB\"]");
        assertThat(latin1.faults()).isEmpty();
        assertThat(latin1.json()).contains("[\"N1\",\"WH\",\"Caf\u00e9  \",\"92\",\"SUB\"]");
    }

    @Test
    void theParserKeepsItsRemarksToItself() {
        X12.reader();

        assertThat(Logger.getLogger("io.xlate.edi.schema").isLoggable(Level.INFO))
                .isFalse();
    }
}
