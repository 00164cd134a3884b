package io.stockhub.routes.edi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
    @Test
    void aFileThatIsTooBigIsUnreadable() {
        List<EdiInterchange> parts = X12.reader().read(new byte[50 * 1024 * 1024 + 1]);

        assertThat(parts).hasSize(1);
        assertThat(parts.getFirst().verdict())
                .isEqualTo(new Verdict.Unreadable("file: 52428801 bytes (limit 52428800)"));
    }

    @Test
    void tooManyInterchangesAreReadUpToTheLimit() {
        String empty = X12.isa("HARBOURDEPOT", "000000001", "P") + "IEA*0*000000001~\n";

        List<EdiInterchange> parts = X12.read(empty.repeat(10_002));

        assertThat(parts).hasSize(10_001);
        assertThat(parts.get(9_999).verdict()).isEqualTo(new Verdict.Readable("000"));
        assertThat(parts.getLast().verdict())
                .isEqualTo(new Verdict.Unreadable("file: more interchanges than its limit of 10000"));
        assertThat(parts.getLast().raw()).hasSize(empty.length() * 2);
    }

    @Test
    void anInterchangeWithTooManySegmentsIsRefused() {
        String text = X12.group("ST*944*0001~\n" + "W14~".repeat(1_000_000) + "SE*1*0001~\n");

        EdiInterchange interchange = X12.readOne(text);

        assertThat(interchange.verdict())
                .isEqualTo(new Verdict.Refused("024", "file: more than 1000000 segments (limit 1000000)"));
        assertThat(X12.answer(interchange)).containsExactly("TA1*000000451*260314*0815*R*024");
    }

    @Test
    void oneFaultAfterAnotherIsNotKeptForEver() {
        EdiInterchange interchange =
                X12.readOne(X12.group("ST*944*0001~\n" + "Q*1~".repeat(100_000) + "SE*100002*0001~\n"));

        assertThat(X12.onlySet(interchange).accepted()).isFalse();
        assertThat(X12.onlySet(interchange).faults()).hasSize(20_000);
        assertThat(interchange.notes()).anyMatch(note -> note.endsWith("more faults"));
    }

    @Test
    void aFileThatTakesTooLongIsUnreadableAndNeverHalfRead() {
        String file = X12.group(X12.goodSet("0001")).repeat(3);

        List<EdiInterchange> parts = new EdiReader(X12.PARTNERS, new RunningClock(Duration.ofSeconds(60)))
                .read(file.getBytes(StandardCharsets.US_ASCII));

        assertThat(parts).hasSize(3);
        assertThat(X12.onlySet(parts.getFirst()).accepted()).isTrue();
        assertThat(parts.getLast().verdict()).isEqualTo(new Verdict.Unreadable("not read within 300 s"));
        assertThat(parts.getLast().groups()).isEmpty();
    }

    /** Moves on each time it is asked. */
    private static final class RunningClock extends Clock {
        private final Duration step;
        private Instant now = X12.NOW;

        RunningClock(Duration step) {
            this.step = step;
        }

        @Override
        public Instant instant() {
            now = now.plus(step);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
