package io.stockhub.app.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers, times and the hub's own codes as people read them. */
final class Words {
    static final String NOT_KNOWN = "not known";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Map<String, String> STAGES = Map.of(
            "receive", "when it was received",
            "decode", "when it was read",
            "map", "in its mapping",
            "validate", "when it was checked",
            "ledger", "at the ledger",
            "encode", "when the call was made up",
            "send", "when it was sent",
            "acknowledge", "when it was acknowledged");

    private static final Map<String, String> FLOWS = Map.of(
            "orders-in", "Orders of",
            "receipts-in", "Receipts of",
            "stock-out", "Stock numbers for",
            "edi-in", "EDI of");

    private static final Map<String, String> OUTCOMES = Map.of(
            "applied", "applied",
            "already-applied", "already applied",
            "superseded", "superseded",
            "conflict", "conflict",
            "failed", "failed",
            "cancelled", "cancelled",
            "ignored", "not ours to act on",
            "nothing-to-cancel", "nothing to cancel");

    private Words() {}

    static String time(@Nullable Instant instant) {
        return instant == null ? "never" : TIME.format(instant);
    }

    /** To the millisecond, where what came first matters. */
    static String moment(@Nullable Instant instant) {
        return instant == null ? "never" : MOMENT.format(instant);
    }

    /** With separators; {@link #NOT_KNOWN} for null. */
    static String number(@Nullable Long number) {
        return number == null ? NOT_KNOWN : String.format(Locale.ENGLISH, "%,d", number);
    }

    /** In the currency of the costs, which the hub does not know; {@link #NOT_KNOWN} for null. */
    static String money(@Nullable BigDecimal money) {
        return money == null
                ? NOT_KNOWN
                : String.format(Locale.ENGLISH, "%,.2f", money.setScale(2, RoundingMode.HALF_UP));
    }

    static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** For example {@code Orders of shop-1, at the ledger}. */
    static String where(String flow, String channels, String stage) {
        return FLOWS.getOrDefault(flow, flow) + " " + channels + ", " + STAGES.getOrDefault(stage, stage);
    }

    static String outcome(String code) {
        return OUTCOMES.getOrDefault(code, code);
    }
}
