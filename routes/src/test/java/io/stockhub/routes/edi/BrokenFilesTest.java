package io.stockhub.routes.edi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenFilesTest {
    private static final byte[] GOOD =
            X12.group(X12.goodSet("0001"), X12.goodSet("0002")).getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] TELLING =
            "*~>\n\rISAGSTEW0179 \u0000\u001d\u001e\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    @ParameterizedTest
    @ValueSource(longs = {20260314, 7, 944, 997, 4010})
    void aBrokenFileAlwaysGetsAVerdictAndAnAnswerThatCanBeRead(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            byte[] file = GOOD;
            for (int times = random.nextInt(1, 6); times > 0; times--) {
                file = broken(file, random);
            }
            List<EdiInterchange> parts = X12.SHARED.read(file);
            String what = "seed %d, file %d: %s".formatted(seed, i, new String(file, StandardCharsets.ISO_8859_1));
            assertThat(parts).as(what).isNotEmpty();
            for (EdiInterchange part : parts) {
                check(part, what);
            }
        }
    }

    private static void check(EdiInterchange part, String what) throws Exception {
        assertThat(part.verdict().toString()).as(what).doesNotContain("could not be read");
        byte[] answer = Acknowledgements.forInterchange(part, X12.NUMBERS, X12.NOW);
        for (EdiGroup group : part.groups()) {
            for (EdiSet set : group.sets()) {
                assertThat(set.accepted()
                                && set.codes().isEmpty()
                                && !set.faults().isEmpty())
                        .as(what)
                        .isFalse();
                assertThat(set.accepted() && set.faults().stream().anyMatch(EdiFault::refuses))
                        .as(what)
                        .isFalse();
            }
        }
        if (answer != null) {
            // What is echoed (sender, date, control numbers) may be as broken as it came; the structure may not.
            assertThat(AcknowledgementsTest.controlFaults(answer))
                    .as(what)
                    .noneMatch(fault -> fault.contains("SEGMENT") || fault.contains("CONTROL"));
        }
    }

    private static byte[] broken(byte[] file, Random random) {
        int from = random.nextInt(file.length);
        int to = Math.min(file.length, from + random.nextInt(1, 40));
        byte[] middle =
                switch (random.nextInt(6)) {
                    case 0 -> new byte[] {TELLING[random.nextInt(TELLING.length)]};
                    case 1 -> new byte[0];
                    case 2 -> join(Arrays.copyOfRange(file, from, to), Arrays.copyOfRange(file, from, to));
                    case 3 -> join(Arrays.copyOfRange(file, from, to), new byte[] {(byte) random.nextInt(256)});
                    case 4 -> {
                        byte[] noise = new byte[to - from];
                        random.nextBytes(noise);
                        yield noise;
                    }
                    default -> {
                        int other = random.nextInt(file.length);
                        yield Arrays.copyOfRange(file, other, Math.min(file.length, other + 30));
                    }
                };
        boolean onlyOne = middle.length == 1;
        return join(
                join(Arrays.copyOf(file, from), middle),
                Arrays.copyOfRange(file, onlyOne ? from + 1 : to, file.length));
    }

    private static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(one);
        joined.writeBytes(other);
        return joined.toByteArray();
    }
}
