package io.stockhub.stock.routing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a warehouse ships.
 *
 * @param cutOff what comes later is shipped the next open day; null when there is none
 * @param weekdays closed ones, never all seven
 * @param dates closed ones
 */
record Opening(@Nullable LocalTime cutOff, Set<DayOfWeek> weekdays, Set<LocalDate> dates) {
    static final Opening ALWAYS = new Opening(null, Set.of(), Set.of());

    /** No wait is longer. */
    long waitMax() {
        return always() ? 0 : 7L * (dates.size() + 1) + 1;
    }

    private boolean always() {
        return cutOff == null && weekdays.isEmpty() && dates.isEmpty();
    }

    /** Days until the parcel leaves, and why; null when it leaves today. */
    @Nullable
    Wait waitAt(Instant now, ZoneId zone) {
        if (always()) {
            return null;
        }
        ZonedDateTime local = now.atZone(zone);
        LocalDate today = local.toLocalDate();
        boolean closed = closed(today);
        LocalDate day = today;
        if (cutOff != null && local.toLocalTime().isAfter(cutOff)) {
            day = day.plusDays(1);
        }
        while (closed(day)) {
            day = day.plusDays(1);
        }
        long days = day.toEpochDay() - today.toEpochDay();
        return days == 0 ? null : new Wait(days, closed ? "closed today" : "after the cut-off " + cutOff, day);
    }

    private boolean closed(LocalDate day) {
        return weekdays.contains(day.getDayOfWeek()) || dates.contains(day);
    }

    record Wait(long days, String because, LocalDate until) {
        String words() {
            String day = until.getDayOfWeek().name().substring(0, 3).toLowerCase(Locale.ROOT);
            String name = Character.toUpperCase(day.charAt(0)) + day.substring(1);
            return because + ", ships " + name + " " + until + ": waits " + days + (days == 1 ? " day" : " days");
        }
    }

    static Opening of(@Nullable LocalTime cutOff, List<DayOfWeek> weekdays, List<LocalDate> dates) {
        return new Opening(cutOff, Set.copyOf(weekdays), Set.copyOf(dates));
    }
}
