package io.stockhub.app.console;

import io.stockhub.routes.DeadLetters;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What every act on dead letters asks for, and how its end is told. */
final class Reasons {
    static final String MISSING = "Say why: the reason is kept with what is done.";
    private static final BigDecimal RATE_MAX = BigDecimal.valueOf(1_000_000);

    private Reasons() {}

    /** @throws IllegalArgumentException when there is none */
    static String require(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException(MISSING);
        }
        return reason.strip();
    }

    /**
     * Messages a second; null for as fast as they are taken.
     *
     * @throws IllegalArgumentException when it is no such number
     */
    static @Nullable BigDecimal rate(@Nullable String typed) {
        String text = Said.orNull(typed);
        if (text == null) {
            return null;
        }
        BigDecimal rate = text.length() > 20 || !text.matches("[0-9]+([.][0-9]+)?") ? null : new BigDecimal(text);
        if (rate == null || rate.signum() <= 0 || rate.compareTo(RATE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "The rate is messages a second, above 0 and at most 1,000,000. Leave it empty for no limit.");
        }
        return rate;
    }

    static void tell(DeadLetters.Discarded discarded, RedirectAttributes next) {
        if (discarded.count() > 0) {
            Said.done(
                    next,
                    Words.count(discarded.count(), "message", "messages")
                            + " discarded. Who and why is kept with each.");
        }
        if (!discarded.refused().isEmpty()) {
            Said.refused(
                    next,
                    Words.count(discarded.refused().size(), "message stays", "messages stay") + " as before: "
                            + discarded.refused().getFirst().message(),
                    null);
        }
    }
}
