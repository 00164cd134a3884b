package io.stockhub.app.api;

import io.stockhub.stock.Command;
import io.stockhub.stock.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts that bodies of commands share. */
final class CommandBody {
    private static final Set<String> LINE = Set.of("sku", "quantity", "unit");
    private static final Set<String> LINE_LATER = Set.of("lot", "expiry", "bin", "serial");
    private static final String BASE_UNIT = "EA";

    private CommandBody() {}

    /** Lines with SKU and quantity; empty when there are none. The command itself checks their ranges. */
    static List<Command.Line> lines(Fields body) {
        List<Fields> objects = body.objects("lines");
        if (objects.size() > Limits.LINES_MAX) {
            throw body.invalid("lines", objects.size() + " lines (expected: at most " + Limits.LINES_MAX + ")");
        }
        List<Command.Line> lines = new ArrayList<>(objects.size());
        for (Fields line : objects) {
            line.allow(LINE, LINE_LATER);
            String unit = line.optionalText("unit");
            if (unit != null && !unit.equals(BASE_UNIT)) {
                throw line.invalid("unit", "\"" + unit + "\" (expected: EA; other units are not available yet)");
            }
            lines.add(new Command.Line(line.text("sku"), line.integer("quantity")));
        }
        return lines;
    }

    @Nullable
    static Instant time(Fields body, String name) {
        String text = body.optionalText(name);
        return text == null ? null : Times.parse(text, what -> body.invalid(name, what));
    }
}
