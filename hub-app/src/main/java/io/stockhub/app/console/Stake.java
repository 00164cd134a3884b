package io.stockhub.app.console;

import io.stockhub.routes.DeadLetters.CauseGroup;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cause as the pages show it.
 *
 * @param unitsUnknown for how many messages nobody could read the units; null when all are known
 */
record Stake(
        String cause,
        String headline,
        String message,
        String where,
        String code,
        String count,
        String skus,
        String units,
        @Nullable String unitsUnknown,
        String money,
        Instant firstSeenAt,
        String firstSeen,
        Instant lastSeenAt,
        String lastSeen,
        String href) {

    /** The most money first, then the most units, then the most messages; what is not known comes last. */
    static final Comparator<CauseGroup> MOST = Comparator.comparing(
                    (CauseGroup group) -> group.about().money(),
                    Comparator.nullsLast(Comparator.<BigDecimal>reverseOrder()))
            .thenComparing(group -> group.about().units(), Comparator.nullsLast(Comparator.<Long>reverseOrder()))
            .thenComparing(CauseGroup::count, Comparator.reverseOrder())
            .thenComparing(CauseGroup::lastSeen, Comparator.reverseOrder());

    static final Comparator<CauseGroup> NEWEST = Comparator.comparing(CauseGroup::lastSeen, Comparator.reverseOrder());

    static Stake of(CauseGroup group) {
        return new Stake(
                group.cause(),
                Remedy.headline(group),
                group.message(),
                Words.where(group.flow(), channels(group.channels()), group.stage()),
                group.code(),
                Words.number(group.count()),
                Words.number(group.skus()),
                Words.number(group.about().units()),
                group.unitsUnknown() == 0 || group.about().units() == null
                        ? null
                        : Words.count(group.unitsUnknown(), "message", "messages"),
                Words.money(group.about().money()),
                group.firstSeen(),
                Words.time(group.firstSeen()),
                group.lastSeen(),
                Words.time(group.lastSeen()),
                "/dead-letters/cause?id=" + Said.encode(group.cause()));
    }

    private static String channels(List<String> channels) {
        return String.join(", ", channels);
    }
}
