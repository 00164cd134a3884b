package io.stockhub.routes.edi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final String GOOD = X12.group(X12.goodSet("0001"));

    private static void refused(String text, String note, String message) {
        EdiInterchange interchange = X12.readOne(text);
        assertThat(interchange.verdict()).isEqualTo(new Verdict.Refused(note, message));
        assertThat(interchange.groups()).isEmpty();
        assertThat(X12.answer(interchange))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("TA1*")
                .endsWith("*R*" + note);
    }

    @Test
    void aStrangersInterchangeIsRefused() {
        refused(
                GOOD.replace("ZZ*HARBOURDEPOT   ", "ZZ*PASSERBY       "),
                "006",
                "ISA06 sender: ZZ/PASSERBY (expected: a known partner)");
        refused(
                GOOD.replace("ZZ*HARBOURDEPOT   ", "01*HARBOURDEPOT   "),
                "005",
                "ISA05 sender: 01/HARBOURDEPOT (expected: qualifier ZZ)");
    }

    @Test
    void anInterchangeForSomebodyElseIsRefusedInOurOwnName() {
        String text = GOOD.replace("ZZ*STOCKHUB       ", "ZZ*SOMEBODY       ");
        refused(text, "009", "ISA08 receiver: ZZ/SOMEBODY (expected: ZZ/STOCKHUB)");
        byte[] answer = Acknowledgements.forInterchange(X12.readOne(text), X12.NUMBERS, X12.NOW);
        assertThat(new String(answer, StandardCharsets.US_ASCII))
                .isEqualTo("ISA*00*          *00*          *ZZ*STOCKHUB       *ZZ*HARBOURDEPOT   *260314*1509*U*00401"
                        + "*000000077*0*P*>~TA1*000000451*260314*0815*R*009~IEA*0*000000077~");
        refused(
                GOOD.replace("ZZ*STOCKHUB       ", "14*STOCKHUB       "),
                "007",
                "ISA07 receiver: 14/STOCKHUB (expected: ZZ/STOCKHUB)");
    }

    @Test
    void aFileCutOffIsRefused() {
        int middle = GOOD.indexOf("MUG-BLUE");
        String message = "IEA: missing (expected: the end of the interchange; the file is cut)";
        refused(GOOD.substring(0, middle), "023", message);
        refused(GOOD.substring(0, GOOD.indexOf("IEA")), "023", message);
    }

    @Test
    void countsAndControlNumbersOfTheInterchangeMustAgree() {
        refused(GOOD.replace("IEA*1*", "IEA*2*"), "021", "IEA01: 2 (expected: 1)");
        refused(GOOD.replace("IEA*1*000000451", "IEA*1*000000452"), "001", "IEA02: 000000452 (expected: 000000451)");
        refused(GOOD.replace("*00401*000000451*", "*00401*00000O451*"), "018", "ISA13: 00000O451 (expected: 9 digits)");
    }

    @Test
    void segmentsThatAreInNoGroupOrSetRefuseTheInterchange() {
        refused(GOOD.replace("GS*", "NTE**HELLO~\nGS*"), "022", "segment NTE: outside a group (expected: GS)");
        refused(GOOD.replace("ST*", "NTE**HELLO~\nST*"), "022", "segment NTE: outside a set (expected: ST)");
        refused(
                GOOD.replace("*451*X*004010", "**X*004010"),
                "024",
                "GS: GS*RE*HARBOURDEPOT*STOCKHUB*20260314*0815**X*004010 (expected: GS01 to GS08)");
    }

    @Test
    void aTerminatorThatIsALetterIsRefused() {
        refused(GOOD.replace(">~\nGS", ">GS"), "004", "segment terminator: 'G' (expected: no letter, digit or blank)");
    }

    @Test
    void aControlNumberWithoutItsZerosIsTakenWithANote() {
        EdiInterchange interchange = X12.readOne(GOOD.replace("IEA*1*000000451", "IEA*1*451"));

        assertThat(X12.onlySet(interchange).accepted()).isTrue();
        assertThat(X12.answer(interchange)).contains("TA1*000000451*260314*0815*E*001", "AK5*A");
    }

    @Test
    void wrongWidthsOfTheHeaderAreTakenWithANote() {
        EdiInterchange interchange = X12.readOne(GOOD.replace("ZZ*STOCKHUB       ", "ZZ*STOCKHUB"));

        assertThat(interchange.notes())
                .containsExactly("ISA: widths are not those of the standard; read by its separators");
        assertThat(X12.onlySet(interchange).accepted()).isTrue();
        assertThat(X12.answer(interchange)).contains("TA1*000000451*260314*0815*E*022", "AK5*A");
    }

    @Test
    void aTa1IsWrittenWhenItIsAskedFor() {
        EdiInterchange interchange = X12.readOne(GOOD.replace("*000000451*0*P", "*000000451*1*P"));

        assertThat(X12.answer(interchange)).startsWith("TA1*000000451*260314*0815*A*000", "AK1*RE*451");
    }

    @Test
    void testDocumentsAreMarkedAndAcknowledgedAsTests() {
        EdiInterchange interchange = X12.readOne(GOOD.replace("*0*P*>", "*0*T*>"));

        assertThat(interchange.test()).isTrue();
        assertThat(X12.answer(interchange)).contains("AK5*A");
        byte[] answer = Acknowledgements.forInterchange(interchange, X12.NUMBERS, X12.NOW);
        assertThat(new String(answer, StandardCharsets.US_ASCII)).contains("*000000077*0*T*>~");
    }

    @Test
    void aPartnerInTestMayNotSendLiveDocuments() {
        String live = GOOD.replace("ZZ*HARBOURDEPOT   ", "ZZ*NEWDEPOT       ");

        refused(live, "020", "ISA15: P (expected: T, partner New Depot is in test)");
        assertThat(X12.onlySet(X12.readOne(live.replace("*0*P*>", "*0*T*>"))).accepted())
                .isTrue();
    }

    @Test
    void anythingButLiveIsATest() {
        EdiInterchange interchange = X12.readOne(GOOD.replace("*0*P*>", "*0*X*>"));

        assertThat(interchange.test()).isTrue();
        assertThat(X12.answer(interchange)).contains("TA1*000000451*260314*0815*E*020");
    }

    @Test
    void countsAndControlNumbersOfAGroupMustAgree() {
        assertThat(X12.answer(X12.readOne(GOOD.replace("GE*1*451", "GE*3*451"))))
                .containsExactly("AK1*RE*451", "AK9*R*3*1*0*5");
        assertThat(X12.answer(X12.readOne(GOOD.replace("GE*1*451", "GE*1*452"))))
                .containsExactly("AK1*RE*451", "AK9*R*1*1*0*4");
        assertThat(X12.answer(X12.readOne(GOOD.replace("GE*1*451~\n", ""))))
                .containsExactly("AK1*RE*451", "AK9*R*1*1*0*3");
        EdiInterchange unnumbered =
                X12.readOne(GOOD.replace("*451*X*", "*A51*X*").replace("GE*1*451", "GE*1*A51"));
        assertThat(X12.answer(unnumbered)).containsExactly("AK1*RE*A51", "AK9*R*1*1*0*6");
        assertThat(X12.onlySet(unnumbered).accepted()).isFalse();
    }

    @Test
    void aVersionWeDoNotReadRefusesItsGroup() {
        EdiInterchange interchange = X12.readOne(GOOD.replace("*X*004010", "*X*005010"));

        assertThat(X12.onlySet(interchange).accepted()).isFalse();
        assertThat(X12.answer(interchange)).containsExactly("AK1*RE*451", "AK9*R*1*1*0*2");
    }

    @Test
    void countsAndControlNumbersOfASetMustAgree() {
        assertThat(X12.answer(X12.readOne(GOOD.replace("SE*12*0001", "SE*11*0001"))))
                .contains("AK5*R*4", "AK9*R*1*1*0");
        assertThat(X12.answer(X12.readOne(GOOD.replace("SE*12*0001", "SE*12*0002"))))
                .contains("AK5*R*3");
        assertThat(X12.answer(X12.readOne(GOOD.replace("SE*12*0001~\n", "")))).contains("AK5*R*2");
        assertThat(X12.answer(X12.readOne(GOOD.replace("*0001~", "*1~")))).contains("AK2*944*1", "AK5*R*7");
        assertThat(X12.answer(X12.readOne(GOOD.replace("ST*944*", "ST**")))).contains("AK2*000*0001", "AK5*R*1*6");
    }

    @Test
    void aControlNumberUsedTwiceInAGroupRefusesTheSecondSet() {
        EdiInterchange interchange = X12.readOne(X12.group(X12.goodSet("0001"), X12.goodSet("0001")));

        assertThat(interchange.groups().getFirst().sets())
                .extracting(EdiSet::accepted)
                .isEqualTo(List.of(true, false));
        assertThat(X12.answer(interchange))
                .containsExactly("AK1*RE*451", "AK2*944*0001", "AK5*A", "AK2*944*0001", "AK5*R*23", "AK9*P*2*2*1");
    }

    @Test
    void aSetWeDoNotTakeIsRefusedAndTheOthersAreNot() {
        String order = "ST*850*0002~\nBEG*00*SA*P1**20260314~\nSE*3*0002~\n";
        EdiInterchange interchange = X12.readOne(X12.group(X12.goodSet("0001"), order));

        assertThat(X12.answer(interchange))
                .containsExactly("AK1*RE*451", "AK2*944*0001", "AK5*A", "AK2*850*0002", "AK5*R*1", "AK9*P*2*2*1");
    }

    @Test
    void aCallerCanRefuseAnInterchangeThatCameBefore() {
        EdiInterchange again = X12.readOne(GOOD).refused("025", "ISA13: 000000451 came before");

        assertThat(again.groups()).isEmpty();
        assertThat(again.problems()).containsExactly("ISA13: 000000451 came before");
        assertThat(X12.answer(again)).containsExactly("TA1*000000451*260314*0815*R*025");
    }
}
