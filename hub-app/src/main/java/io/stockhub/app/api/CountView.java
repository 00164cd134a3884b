package io.stockhub.app.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stockhub.app.security.Caller;
import io.stockhub.app.security.Permission;
import io.stockhub.app.security.Role;
import io.stockhub.stock.CountDesk.Count;
import io.stockhub.stock.CountDesk.Entry;
import io.stockhub.stock.CountDesk.Head;
import io.stockhub.stock.CountDesk.Line;
import io.stockhub.stock.CountState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A count on the wire, for one caller. Of a blind count nobody sees the books, nor what others counted, before it is
 * posted; and then only who does not count: a key that may not move stock, or an administrator's.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CountView(
        String countId,
        String location,
        boolean blind,
        long tolerance,
        String state,
        String openedBy,
        Instant openedAt,
        @Nullable String postedBy,
        @Nullable Instant endedAt,
        @Nullable String movementId,
        @Nullable BigDecimal accuracy,
        @Nullable List<String> notCounted,
        @Nullable List<LineView> lines) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LineView(
            int line,
            String sku,
            @Nullable String bin,
            @Nullable String lot,
            @Nullable Boolean planned,
            @Nullable String progress,
            @Nullable List<EntryView> entries) {

        /** Names the line and nothing else. */
        static LineView named(Line line) {
            return new LineView(
                    line.line(),
                    line.spot().sku(),
                    line.spot().bin(),
                    line.spot().lot(),
                    null,
                    null,
                    null);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EntryView(@Nullable Long counted, @Nullable Long booked, @Nullable Long variance, String by, Instant at) {}

    static CountView head(Head head) {
        return of(head, null, null, null);
    }

    static CountView of(Count count, Caller caller, @Nullable List<String> notCounted) {
        boolean shown = shown(count.head(), caller);
        boolean posted = count.head().state() == CountState.POSTED;
        return of(
                count.head(),
                shown && posted ? count.accuracy().orElse(null) : null,
                notCounted,
                count.lines().stream().map(line -> line(line, shown, caller)).toList());
    }

    static boolean shown(Head head, Caller caller) {
        boolean counts = caller.may(Permission.MOVE_STOCK) && caller.role() != Role.ADMIN;
        return !head.blind() || head.state() == CountState.POSTED && !counts;
    }

    private static CountView of(
            Head head,
            @Nullable BigDecimal accuracy,
            @Nullable List<String> notCounted,
            @Nullable List<LineView> lines) {
        return new CountView(
                Long.toString(head.countId()),
                head.location(),
                head.blind(),
                head.tolerance(),
                head.state().code(),
                head.openedBy(),
                head.openedAt(),
                head.postedBy(),
                head.endedAt(),
                head.movementId() == null ? null : Long.toString(head.movementId()),
                accuracy,
                notCounted,
                lines);
    }

    private static LineView line(Line line, boolean shown, Caller caller) {
        return new LineView(
                line.line(),
                line.spot().sku(),
                line.spot().bin(),
                line.spot().lot(),
                line.planned(),
                line.progress().name().toLowerCase(Locale.ROOT),
                line.entries().stream()
                        .map(entry -> entry(entry, shown, caller))
                        .toList());
    }

    private static EntryView entry(Entry entry, boolean shown, Caller caller) {
        boolean own = entry.by().equals(caller.name());
        return new EntryView(
                shown || own ? entry.counted() : null,
                shown ? entry.booked() : null,
                shown ? entry.variance() : null,
                entry.by(),
                entry.at());
    }
}
