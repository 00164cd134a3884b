package io.stockhub.connectors.failure;

import io.stockhub.connectors.Manifest.RetryAfterHeader;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long the other side asks us to wait: {@code Retry-After} in seconds or as a date (RFC 9110, section 10.2.3), then
 * the headers that the manifest names. Never negative, at most a day: a wrong clock over there must not stop us for
 * good.
 */
public final class RetryAfter {

    private static final Duration MAX = Duration.ofDays(1);

    private final List<RetryAfterHeader> vendorHeaders;
    private final Clock clock;

    /** @param clock for headers that name a date */
    public RetryAfter(List<RetryAfterHeader> vendorHeaders, Clock clock) {
        this.vendorHeaders = vendorHeaders;
        this.clock = clock;
    }

    /** Null when nothing that can be read says so; zero when the time has passed. */
    public @Nullable Duration in(Map<String, String> headers) {
        String standard = headers.get("retry-after");
        Duration wait = standard == null ? null : firstOf(seconds(standard), httpDate(standard));
        for (RetryAfterHeader vendor : vendorHeaders) {
            String value = headers.get(vendor.header());
            if (wait == null && value != null) {
                wait = vendor(vendor.format(), value);
            }
        }
        return wait == null ? null : bounded(wait);
    }

    private @Nullable Duration vendor(RetryAfterHeader.Format format, String value) {
        return switch (format) {
            case SECONDS -> seconds(value);
            case EPOCH_MS -> epochMs(value);
            case ISO -> iso(value);
        };
    }

    private static @Nullable Duration seconds(String value) {
        try {
            double seconds = Double.parseDouble(value.trim());
            if (Double.isNaN(seconds)) {
                return null;
            }
            return Duration.ofMillis((long) (Math.clamp(seconds, 0, MAX.toSeconds()) * 1000));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private @Nullable Duration httpDate(String value) {
        try {
            return until(ZonedDateTime.parse(value.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable Duration epochMs(String value) {
        try {
            return until(Instant.ofEpochMilli(Long.parseLong(value.trim())));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private @Nullable Duration iso(String value) {
        try {
            return until(OffsetDateTime.parse(value.trim()).toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private Duration until(Instant instant) {
        return Duration.between(clock.instant(), instant);
    }

    private static @Nullable Duration firstOf(@Nullable Duration one, @Nullable Duration other) {
        return one == null ? other : one;
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MAX) > 0 ? MAX : wait;
    }
}
