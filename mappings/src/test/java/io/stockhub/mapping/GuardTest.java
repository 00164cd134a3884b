package io.stockhub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final Bounds TWO_SECONDS = Written.bounds(Duration.ofSeconds(2), 100);

    private final AtomicLong clock = new AtomicLong();

    /** Evaluates an expression of some 20 steps while the clock moves on by the time at each look, the first time. */
    private void evaluate(Duration perLook, int looks) {
        Jsonata expression = Jsonata.jsonata("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]");
        Frame frame = expression.createFrame();
        int[] left = {looks};
        Guard.watch(frame, TWO_SECONDS, () -> left[0]-- > 0 ? clock.addAndGet(perLook.toNanos()) : clock.get());
        assertThat(expression.evaluate(null, frame)).isNotNull();
    }

    @Test
    void aThreadThatWaitsForAProcessorIsNotTakenForALoop() {
        assertThatCode(() -> evaluate(Duration.ofHours(1), 10)).doesNotThrowAnyException();
    }

    @Test
    void stepsThatTogetherTakeTooLongAreStopped() {
        assertThatThrownBy(() -> evaluate(Duration.ofMillis(150), 20)).hasMessage("took longer than 2000 ms");
    }

    @Test
    void stepsThatAllTakeVeryLongAreStopped() {
        assertThatThrownBy(() -> evaluate(Duration.ofHours(1), 20)).hasMessage("took longer than 2000 ms");
    }
}
