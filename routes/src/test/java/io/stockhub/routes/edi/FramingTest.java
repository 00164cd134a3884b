package io.stockhub.routes.edi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {
    private static final String GOOD = X12.group(X12.goodSet("0001"));
    private static final String JSON = X12.onlySet(X12.readOne(GOOD)).json();

    private static void isReadAsUsual(List<EdiInterchange> interchanges) {
        assertThat(interchanges).hasSize(1);
        EdiInterchange interchange = interchanges.getFirst();
        assertThat(interchange.verdict()).isEqualTo(new Verdict.Readable("000"));
        assertThat(X12.onlySet(interchange).accepted()).isTrue();
        assertThat(X12.onlySet(interchange).json()).isEqualTo(JSON);
    }

    private static void isReadAsUsual(String text) {
        isReadAsUsual(X12.read(text));
    }

    @Test
    void lineBreaksIndentsAndEmptySegmentsMeanNothing() {
        isReadAsUsual(GOOD.replace("\n", ""));
        isReadAsUsual(GOOD.replace("\n", "\r\n"));
        isReadAsUsual(GOOD.replace("\n", "\n   \t"));
        isReadAsUsual(GOOD.replace("~\n", "~\n~\n"));
    }

    @Test
    void textWrappedAtAFixedWidthIsReadThroughTheBreaks() {
        isReadAsUsual(GOOD.replace("\n", "").replaceAll("(.{80})", "$1\r\n"));
    }

    @Test
    void theLastTerminatorMayBeMissing() {
        isReadAsUsual(GOOD.strip().substring(0, GOOD.strip().length() - 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n", "?", "|", "}", "\u0085", "\u001c", "^\n"})
    void anyTerminatorWillDo(String terminator) {
        isReadAsUsual(GOOD.replace("~\n", terminator));
    }

    @Test
    void delimitersMayBeControlCharactersAndDataMayHoldTheUsualOnes() {
        String text = X12.group(X12.set("0001", "W17*F*20260313*G1", "N1*WH*A#B*92*SUB", "W07*1*EA**VN*M", "W14*1"))
                .replace("~\n", "\u001e")
                .replace('*', '\u001d')
                .replace('>', '\u001f')
                .replace('#', '~');

        EdiInterchange interchange = X12.readOne(text);

        assertThat(X12.onlySet(interchange).accepted()).isTrue();
        assertThat(X12.onlySet(interchange).json()).contains("\"A~B\"");
        byte[] answer = Acknowledgements.forInterchange(interchange, X12.NUMBERS, X12.NOW);
        assertThat(new String(answer, StandardCharsets.US_ASCII))
                .contains("\u001eAK9\u001dA\u001d1\u001d1\u001d1\u001e");
    }

    @Test
    void starsMayEndSegmentsAndTildesPartElements() {
        isReadAsUsual(GOOD.replace("~\n", "!").replace('*', '~').replace("!", "*\n"));
    }

    @Test
    void byteOrderMarksAndWideCharactersAreUnderstood() {
        isReadAsUsual("\u00ef\u00bb\u00bf" + GOOD);
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            isReadAsUsual(X12.reader().read(("\ufeff" + GOOD).getBytes(charset)));
            isReadAsUsual(X12.reader().read(GOOD.getBytes(charset)));
        }
    }

    @Test
    void rawBytesOfEachInterchangeAreKept() {
        String file = "\r\n\u0000" + GOOD.strip() + "\r\n\u001a" + GOOD.strip() + " ";
        for (EdiInterchange interchange : X12.read(file)) {
            assertThat(interchange.raw()).isEqualTo(GOOD.strip().getBytes(StandardCharsets.ISO_8859_1));
        }
        byte[] wide = ("\ufeff" + GOOD.strip() + "\n" + GOOD.strip()).getBytes(StandardCharsets.UTF_16LE);
        List<EdiInterchange> interchanges = X12.reader().read(wide);
        assertThat(interchanges).hasSize(2);
        assertThat(interchanges.getLast().raw()).isEqualTo(GOOD.strip().getBytes(StandardCharsets.UTF_16LE));
    }

    @Test
    void whatLiesBetweenInterchangesIsKeptAndSpoilsNothing() {
        List<EdiInterchange> parts = X12.read("Dear partner, see ISA below.\n" + GOOD + "??!!\n" + GOOD + "tail");

        assertThat(parts).hasSize(5);
        assertThat(new String(parts.get(0).raw(), StandardCharsets.ISO_8859_1))
                .isEqualTo("Dear partner, see ISA below.\n");
        assertThat(parts.get(0).verdict())
                .isEqualTo(new Verdict.Unreadable("29 bytes that belong to no interchange (expected: ISA)"));
        isReadAsUsual(List.of(parts.get(1)));
        assertThat(parts.get(2).verdict()).isInstanceOf(Verdict.Unreadable.class);
        isReadAsUsual(List.of(parts.get(3)));
        assertThat(new String(parts.get(4).raw(), StandardCharsets.ISO_8859_1)).isEqualTo("tail");
        assertThat(X12.answer(parts.get(4))).isEmpty();
    }

    @Test
    void garbageStraightAfterAnUnterminatedTrailerIsTakenOff() {
        String noTerminator = GOOD.strip().substring(0, GOOD.strip().length() - 1);
        List<EdiInterchange> parts = X12.read(noTerminator + "x".repeat(300));

        isReadAsUsual(List.of(parts.getFirst()));
        assertThat(parts.getLast().raw()).hasSize(300);
        assertThat(X12.read(noTerminator + "\r\n" + GOOD)).hasSize(2).allSatisfy(part -> isReadAsUsual(List.of(part)));
    }

    @Test
    void anInterchangeCutOffByTheNextOneDoesNotTakeItAlong() {
        List<EdiInterchange> parts = X12.read(GOOD.substring(0, GOOD.indexOf("W14")) + "\n" + GOOD);

        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst().verdict())
                .isEqualTo(new Verdict.Refused(
                        "023", "IEA: missing (expected: the end of the interchange; the file is cut)"));
        isReadAsUsual(List.of(parts.getLast()));
    }

    @Test
    void whatIsNoInterchangeIsUnreadable() {
        byte[] noise = new byte[4096];
        new Random(4).nextBytes(noise);
        String text = new String(noise, StandardCharsets.ISO_8859_1);
        for (String file : List.of("", " \r\n\u0000", text, "ISA*00*", "ISA".repeat(5000), "ISA!".repeat(10))) {
            assertThat(X12.read(file)).isNotEmpty().allSatisfy(part -> {
                assertThat(part.verdict()).isInstanceOf(Verdict.Unreadable.class);
                assertThat(Acknowledgements.forInterchange(part, X12.NUMBERS, X12.NOW))
                        .isNull();
            });
        }
    }

    @Test
    void edifactIsToldApart() {
        EdiInterchange interchange = X12.readOne("UNB+UNOA:1+HARBOUR+STOCKHUB+260314:0815+1'UNZ+0+1'");

        assertThat(interchange.standard()).isEqualTo("EDIFACT");
        assertThat(interchange.verdict()).isEqualTo(new Verdict.Unreadable("EDIFACT is not read yet"));
    }

    @Test
    void everyPrefixOfAFileGetsAVerdictAndOnlyTheWholeIsAccepted() {
        byte[] file = GOOD.getBytes(StandardCharsets.ISO_8859_1);
        int whole = GOOD.lastIndexOf('1') + 1;
        for (int length = 0; length < whole; length++) {
            List<EdiInterchange> parts = X12.SHARED.read(Arrays.copyOf(file, length));
            assertThat(parts).as("first %d bytes", length).isNotEmpty();
            assertThat(parts)
                    .as("first %d bytes", length)
                    .noneMatch(part -> part.verdict() instanceof Verdict.Readable);
        }
    }
}
