package io.stockhub.routes.edi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.routes.edi.EdiPartners.Mode;
import io.stockhub.routes.edi.EdiPartners.Partner;
import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamException;
import io.xlate.edi.stream.EDIStreamReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private static final String GOOD = X12.group(X12.goodSet("0001"));
    private static final String BAD = X12.group(X12.set(
            "0001", "W17*Z*20260230*GRN-1", "w*1", "N1*WH*S*92*SUB", "XQ7*what", "W07*1O*B>X**VN*MUG", "W07*5*EA"));

    private static String text(EdiInterchange interchange) {
        return new String(
                Acknowledgements.forInterchange(interchange, X12.NUMBERS, X12.NOW), StandardCharsets.US_ASCII);
    }

    @Test
    void itGoesFromUsToTheSenderWithTheNumbersAndTimeGiven() {
        assertThat(text(X12.readOne(GOOD)))
                .isEqualTo("ISA*00*          *00*          *ZZ*STOCKHUB       *ZZ*HARBOURDEPOT   *260314*1509*U*00401"
                        + "*000000077*0*P*>~GS*FA*STOCKHUB*HARBOURDEPOT*20260314*1509*8*X*004010~ST*997*0001~"
                        + "AK1*RE*451~AK2*944*0001~AK5*A~AK9*A*1*1*1~SE*6*0001~GE*1*8~IEA*1*000000077~");
    }

    @Test
    void eachGroupHasItsOwn997() {
        String text = X12.interchange("GS*RE*HARBOURDEPOT*STOCKHUB*20260314*0815*1*X*004010~\n" + X12.goodSet("0001")
                        + "GE*1*1~\n"
                        + "GS*FA*HARBOURDEPOT*STOCKHUB*20260314*0815*2*X*004010~\n"
                        + "ST*997*0001~\nAK1*OW*12~\nAK9*A*1*1*1~\nSE*4*0001~\nGE*1*2~\n"
                        + "GS*RE*HARBOURDEPOT*STOCKHUB*20260314*0815*3*X*004010~\n" + X12.goodSet("0001") + "GE*1*3~\n")
                .replace("IEA*1", "IEA*3");
        EdiInterchange interchange = X12.readOne(text);

        assertThat(interchange.groups())
                .hasSize(3)
                .allMatch(group -> group.sets().getFirst().accepted());
        assertThat(X12.answer(interchange))
                .containsExactly(
                        "AK1*RE*1",
                        "AK2*944*0001",
                        "AK5*A",
                        "AK9*A*1*1*1",
                        "AK1*RE*3",
                        "AK2*944*0001",
                        "AK5*A",
                        "AK9*A*1*1*1");
        assertThat(text(interchange)).contains("GE*2*8~IEA*1*000000077~");
    }

    @Test
    void anAcknowledgementIsReadAndNeverAcknowledged() {
        String content = "GS*FA*HARBOURDEPOT*STOCKHUB*20260314*0815*451*X*004010~\n"
                + "ST*997*0001~\nAK1*OW*12~\nAK2*940*0001~\nAK3*W01*9*0310*8~\nAK4*2*355*7*QQ~\nAK5*R*5~\n"
                + "AK9*R*1*1*0~\nSE*8*0001~\nGE*1*451~\n";
        EdiInterchange interchange = X12.readOne(X12.interchange(content));

        assertThat(X12.onlySet(interchange).accepted()).isTrue();
        assertThat(X12.onlySet(interchange).json()).contains("[\"AK4\",\"2\",\"355\",\"7\",\"QQ\"]");
        assertThat(Acknowledgements.forInterchange(interchange, X12.NUMBERS, X12.NOW))
                .isNull();
        for (String bad : List.of(
                X12.interchange(content).replace("*000000451*0*P", "*000000451*1*P"),
                X12.interchange(content).replace("IEA*1*", "IEA*9*"),
                X12.interchange(content).replace("AK9*R", "AK0*R"),
                X12.interchange("TA1*000000077*260314*1509*A*000~\n").replace("IEA*1", "IEA*0"))) {
            assertThat(Acknowledgements.forInterchange(X12.readOne(bad), X12.NUMBERS, X12.NOW))
                    .isNull();
        }
    }

    @Test
    void anAcknowledgementOfAnotherVersionIsReadToo() {
        String content = "GS*FA*HARBOURDEPOT*STOCKHUB*20260314*0815*451*X*005010~\n"
                + "ST*997*0001~\nAK1*OW*12*005010~\nAK9*A*1*1*1~\nSE*4*0001~\nGE*1*451~\n";
        assertThat(X12.onlySet(X12.readOne(X12.interchange(content))).accepted())
                .isTrue();
    }

    @Test
    void anEmptyInterchangeThatAsksForNothingGetsNothing() {
        String empty = X12.interchange("").replace("IEA*1", "IEA*0");

        assertThat(Acknowledgements.forInterchange(X12.readOne(empty), X12.NUMBERS, X12.NOW))
                .isNull();
        assertThat(X12.answer(X12.readOne(empty.replace("*0*P*>", "*1*P*>"))))
                .containsExactly("TA1*000000451*260314*0815*A*000");
    }

    @Test
    void delimitersThatCannotDelimitAreNotUsedToAnswer() {
        EdiInterchange interchange = X12.readOne(GOOD.replace("*P*>~", "*P*A~"));

        assertThat(X12.onlySet(interchange).accepted()).isTrue();
        assertThat(text(interchange)).contains("*0*P*>~TA1*000000451*260314*0815*E*027~GS*FA*");
    }

    @Test
    void whatWeWriteCanBeReadByOthersAndByUs() throws Exception {
        for (String file : List.of(
                GOOD,
                BAD,
                BAD.replace("~\n", "\n"),
                BAD.replace('*', '|'),
                GOOD.replace("IEA*1*", "IEA*2*"),
                GOOD.replace("*000000451*0*P", "*000000451*1*P"),
                GOOD.replace("*X*004010", "*X*005010"))) {
            byte[] answer = Acknowledgements.forInterchange(X12.readOne(file), X12.NUMBERS, X12.NOW);
            assertThat(controlFaults(answer)).isEmpty();

            EdiInterchange read = asPartner().read(answer).getFirst();
            assertThat(read.problems()).isEmpty();
            assertThat(read.verdict()).isEqualTo(new Verdict.Readable("000"));
            assertThat(read.groups()).allMatch(EdiGroup::acknowledgement);
        }
    }

    static EdiReader asPartner() {
        Partner stockhub = new Partner("STOCKHUB", "ZZ", "Stockhub", Set.of(), Mode.LIVE);
        return new EdiReader(new EdiPartners(new Party("ZZ", "HARBOURDEPOT"), List.of(stockhub)), Clock.systemUTC());
    }

    /** What StAEDI has to say against the envelope of an answer. */
    static List<String> controlFaults(byte[] answer) throws EDIStreamException, IOException {
        List<String> faults = new ArrayList<>();
        EDIInputFactory factory = EDIInputFactory.newFactory();
        try (EDIStreamReader reader = factory.createEDIStreamReader(new ByteArrayInputStream(answer), "US-ASCII")) {
            while (reader.hasNext()) {
                EDIStreamEvent event = reader.next();
                if (event.isError()) {
                    faults.add(reader.getErrorType() + " at " + reader.getLocation());
                }
            }
        }
        return faults;
    }

    @Test
    void controlNumbersMustBePossible() {
        assertThatThrownBy(() -> new AckNumbers(0, 1)).hasMessage("interchange: 0 (expected: 1 to 999999999)");
        assertThatThrownBy(() -> new AckNumbers(1, 1_000_000_000))
                .hasMessage("group: 1000000000 (expected: 1 to 999999999)");
    }
}
