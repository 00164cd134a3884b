package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountStateTest {

    @ParameterizedTest(name = "{0} and {1} is {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "OPEN,      COUNTED, OPEN",
                "OPEN,      POST,    POSTING",
                "OPEN,      TAKEN,   -",
                "OPEN,      REFUSED, -",
                "OPEN,      CANCEL,  CANCELLED",
                "POSTING,   COUNTED, -",
                "POSTING,   POST,    POSTING",
                "POSTING,   TAKEN,   POSTED",
                "POSTING,   REFUSED, OPEN",
                "POSTING,   CANCEL,  -",
                "POSTED,    COUNTED, -",
                "POSTED,    POST,    POSTED",
                "POSTED,    TAKEN,   -",
                "POSTED,    REFUSED, -",
                "POSTED,    CANCEL,  -",
                "CANCELLED, COUNTED, -",
                "CANCELLED, POST,    -",
                "CANCELLED, TAKEN,   -",
                "CANCELLED, REFUSED, -",
                "CANCELLED, CANCEL,  CANCELLED",
            })
    void theTableOfStates(CountState state, CountState.Event event, CountState after) {
        assertThat(state.after(event).orElse(null)).isEqualTo(after);
    }

    @Test
    void onlyPostedAndCancelledAreTheEnd() {
        assertThat(java.util.Arrays.stream(CountState.values()).filter(CountState::ended))
                .containsExactly(CountState.POSTED, CountState.CANCELLED);
    }
}
