package io.stockhub.routes.edi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptAdviceFaultsTest {
    private static final String HEAD = "W17*F*20260313*GRN-1";
    private static final String WAREHOUSE = "N1*WH*Surabaya*92*SUB";
    private static final String LINE = "W07*24*EA**VN*MUG-BLUE";
    private static final String TOTAL = "W14*24";

    /** The lines of the 997 that are about the only set. */
    private static List<String> answer(String... segments) {
        List<String> answer = X12.answer(X12.readOne(X12.group(X12.set("0001", segments))));
        return answer.subList(2, answer.size() - 1);
    }

    @Test
    void aMissingSegmentIsNamedWhereItShouldBe() {
        assertThat(answer(WAREHOUSE, LINE, TOTAL)).containsExactly("AK3*W17*2**3", "AK5*R*5");
        assertThat(answer(HEAD, LINE, TOTAL)).containsExactly("AK3*N1*3**3", "AK5*R*5");
        assertThat(answer(HEAD, WAREHOUSE, TOTAL)).containsExactly("AK3*W07*4**3", "AK5*R*5");
        assertThat(answer(HEAD, WAREHOUSE, LINE)).containsExactly("AK3*W14*5**3", "AK5*R*5");
        assertThat(answer()).contains("AK3*W17*2**3", "AK5*R*5");
    }

    @Test
    void aRepeatedSegmentIsNamedAndNothingElse() {
        assertThat(answer(HEAD, WAREHOUSE, LINE, TOTAL, TOTAL)).containsExactly("AK3*W14*6**5", "AK5*R*5");
        assertThat(answer(HEAD, HEAD, WAREHOUSE, LINE, TOTAL)).containsExactly("AK3*W17*3**5", "AK5*R*5");
    }

    @Test
    void detailsWithoutTheirLineAreNamedOnceEach() {
        assertThat(answer(HEAD, WAREHOUSE, "W13*1*EA*01", "W13*1*EA*09", "W20*1", TOTAL))
                .containsExactly("AK3*W13*4*0100*2", "AK3*W20*6*0100*2", "AK3*W07*7**3", "AK5*R*5");
    }

    @Test
    void elementFaultsOfTheSegmentBeforeAreNotReportedForAMisplacedOne() {
        assertThat(answer(HEAD, WAREHOUSE, LINE, "W13*1*EA*01", "N9*LT", "G62*11*20260314", TOTAL))
                .containsExactly("AK3*N9*6*0210*8", "AK4*2*127*2", "AK4*3*369*2", "AK3*G62*7*0210*2", "AK5*R*5");
    }

    @Test
    void segmentsWithoutAProperTagAreNamedAndDoNotShiftTheRest() {
        assertThat(answer(HEAD, "w*1", WAREHOUSE, "W0777*3", "*9", "W07*X*EA**VN*MUG", TOTAL))
                .containsExactly(
                        "AK3*w?*3**1", "AK3*W07*5**1", "AK3*??*6**1", "AK3*W07*7*0200*8", "AK4*1*413*6*X", "AK5*R*5");
    }

    @Test
    void brokenPairsAndLongIdsAreTakenWithErrors() {
        assertThat(answer("W17*F*20260313*GRN-2026-03-13-8841", WAREHOUSE, LINE + "*LT**L9", "W08*M**Way**44", TOTAL))
                .contains("AK3*W08*5*0200*2");
        EdiInterchange interchange = X12.readOne(X12.group(X12.set(
                "0001", "W17*F*20260313*GRN-2026-03-13-8841", WAREHOUSE, "W08*M**Way**44", LINE + "*LT**L9", TOTAL)));
        assertThat(X12.onlySet(interchange).accepted()).isTrue();
        assertThat(X12.onlySet(interchange).faults()).noneMatch(EdiFault::refuses);
        assertThat(X12.answer(interchange))
                .containsExactly(
                        "AK1*RE*451",
                        "AK2*944*0001",
                        "AK3*W17*2**8",
                        "AK4*3*394*5*GRN-2026-03-13-8841",
                        "AK3*W08*4**8",
                        "AK4*4*206*2",
                        "AK3*W07*5*0200*8",
                        "AK4*7*234*2",
                        "AK5*E*5",
                        "AK9*E*1*1*1");
    }

    @Test
    void aLineMustNameAnItem() {
        assertThat(answer(HEAD, WAREHOUSE, "W07*24*EA", TOTAL)).contains("AK4*3*438*2", "AK5*R*5");
        assertThat(answer(HEAD, WAREHOUSE, "W07*24*EA**VN", TOTAL)).contains("AK4*5*234*2", "AK5*R*5");
        assertThat(answer(HEAD, WAREHOUSE, "W07*24*EA**LT*LOT-9", TOTAL))
                .containsExactly("AK3*W07*4**8", "AK4*3*438*2", "AK5*R*5");
        assertThat(answer(HEAD, WAREHOUSE, "W07*24*EA****VN*MUG", TOTAL)).contains("AK4*3*438*2", "AK5*E*5");
        assertThat(answer(HEAD, WAREHOUSE, "W07*24*EA*036000291452", TOTAL)).containsExactly("AK5*A");
    }

    @Test
    void aLineWithoutTheEmptyUpcIsRefused() {
        assertThat(answer(HEAD, WAREHOUSE, "W07*24*EA*VN*MUG-BLUE", TOTAL))
                .containsExactly(
                        "AK3*W07*4*0200*8", "AK4*3*438*4*VN", "AK4*4*235*5*MUG-BLUE", "AK4*5*234*2", "AK5*R*5");
    }

    @Test
    void quantitiesUnitsAndDatesMustBeGood() {
        assertThat(answer(HEAD, WAREHOUSE, "W07**EA**VN*MUG", TOTAL)).contains("AK4*1*413*1", "AK5*R*5");
        assertThat(answer(HEAD, WAREHOUSE, "W07*12345678*EA**VN*MUG", TOTAL))
                .contains("AK4*1*413*5*12345678", "AK5*R*5");
        assertThat(answer(HEAD, WAREHOUSE, "W07*1***VN*MUG", TOTAL)).contains("AK4*2*355*1", "AK5*R*5");
        assertThat(answer("W17*F*2026-313*GRN", WAREHOUSE, LINE, TOTAL)).contains("AK4*2*373*8*2026-313", "AK5*R*5");
        assertThat(answer("W17*F*20260313*", WAREHOUSE, LINE, TOTAL)).contains("AK4*3*394*1", "AK5*R*5");
        assertThat(answer(HEAD, WAREHOUSE, LINE + "****7", TOTAL)).contains("AK4*9*893*7*7", "AK5*R*5");
        assertThat(answer(HEAD, WAREHOUSE, LINE, "W13*1*EA*99", TOTAL)).contains("AK4*3*412*7*99", "AK5*R*5");
    }

    @Test
    void surplusElementsAndComponentsAreOneFaultEach() {
        assertThat(answer(HEAD, WAREHOUSE, LINE + "*******A*B*C", TOTAL))
                .containsExactly("AK3*W07*4*0200*8", "AK4*12**3*A", "AK5*R*5");
        assertThat(answer(HEAD, WAREHOUSE, "W07*24>1*EA**VN*MUG", TOTAL))
                .containsExactly("AK3*W07*4*0200*8", "AK4*1*413*3*24?1", "AK5*R*5");
        assertThat(answer(HEAD, WAREHOUSE, LINE + "*".repeat(5000) + "A", TOTAL))
                .contains("AK5*R*5");
    }

    @Test
    void controlCharactersAreRefusedAndNeverReachTheJson() {
        EdiInterchange interchange = X12.readOne(
                X12.group(X12.set("0001", HEAD, "N1*WH*Sura\u0000baya*92*SUB", LINE, "G69*a\u001Db", TOTAL)));

        assertThat(X12.answer(interchange)).contains("AK4*2*93*6*Sura?baya", "AK4*1*369*6*a?b", "AK5*R*5");
        assertThat(X12.onlySet(interchange).json()).contains("Sura?baya", "a?b");
    }

    @Test
    void aHugeElementIsCutAndRefused() {
        EdiInterchange interchange =
                X12.readOne(X12.group(X12.set("0001", HEAD, "N1*WH*" + "Q".repeat(2_000_000), LINE, TOTAL)));

        assertThat(X12.answer(interchange)).contains("AK3*N1*3*0100*8", "AK4*2*93*5*" + "Q".repeat(99), "AK5*R*5");
        assertThat(X12.onlySet(interchange).json().length()).isLessThan(70_000);
        assertThat(interchange.notes()).containsExactly("a segment longer than 65536 characters was cut");
    }

    @Test
    void moreLinesThanTheSetAllowsAreOneFault() {
        StringBuilder lines = new StringBuilder();
        int count = 59_000;
        for (int i = 1; i <= count; i++) {
            lines.append("W07*1*EA**VN*SKU-")
                    .append(i)
                    .append("~\nN9*LT*LOT-")
                    .append(i)
                    .append("~\n");
        }
        String set = "ST*944*0001~\n" + HEAD + "~\n" + WAREHOUSE + "~\n" + lines + "W14*59000~\nSE*" + (count * 2 + 5)
                + "*0001~\n";

        EdiInterchange interchange = X12.readOne(X12.group(set));

        assertThat(X12.answer(interchange))
                .containsExactly("AK1*RE*451", "AK2*944*0001", "AK3*W07*20002*0200*4", "AK5*R*5", "AK9*R*1*1*0");
    }

    @Test
    void asManyLinesAsTheSetAllowsAreAccepted() {
        String[] segments = new String[9_999 + 3];
        segments[0] = HEAD;
        segments[1] = WAREHOUSE;
        for (int i = 0; i < 9_999; i++) {
            segments[i + 2] = "W07*1*EA**VN*SKU-" + i;
        }
        segments[segments.length - 1] = "W14*9999";

        assertThat(answer(segments)).containsExactly("AK5*A");
    }
}
