package io.stockhub.app.api;

import io.stockhub.stock.Command;
import io.stockhub.stock.Goods;
import io.stockhub.stock.Limits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parts that bodies of commands share. */
final class CommandBody {
    private static final Set<String> LINE = Set.of("sku", "quantity", "unit");

    private CommandBody() {}

    /** Lines with SKU and quantity; empty when there are none. The command itself checks their ranges. */
    static List<Command.Line> lines(Fields body, BaseUnits units) {
        return lines(body, units, LINE, line -> Goods.ANY);
    }

    /** Lines with other fields besides, which {@code goods} reads. */
    static List<Command.Line> lines(Fields body, BaseUnits units, Set<String> known, Function<Fields, Goods> goods) {
        List<Fields> objects = objects(body, known);
        return lines(objects, units.of(skusInUnits(objects)), goods);
    }

    /** Lines with SKU and quantity as they came, whose units the caller reads: for many bodies at once. */
    static List<Fields> objects(Fields body) {
        return objects(body, LINE);
    }

    private static List<Fields> objects(Fields body, Set<String> known) {
        List<Fields> objects = body.objects("lines");
        if (objects.size() > Limits.LINES_MAX) {
            throw body.invalid("lines", objects.size() + " lines (expected: at most " + Limits.LINES_MAX + ")");
        }
        for (Fields line : objects) {
            line.allow(known, Set.of());
        }
        return objects;
    }

    /** The SKUs of the lines that name a unit. */
    static Set<String> skusInUnits(List<Fields> objects) {
        Set<String> skus = Set.of();
        for (Fields line : objects) {
            if (line.optionalText("unit") != null) {
                skus = skus.isEmpty() ? new TreeSet<>() : skus;
                skus.add(line.text("sku"));
            }
        }
        return skus;
    }

    static List<Command.Line> lines(List<Fields> objects, BaseUnits.Conversion conversion) {
        return lines(objects, conversion, line -> Goods.ANY);
    }

    private static List<Command.Line> lines(
            List<Fields> objects, BaseUnits.Conversion conversion, Function<Fields, Goods> goods) {
        List<Command.Line> lines = new ArrayList<>(objects.size());
        for (int i = 0; i < objects.size(); i++) {
            Fields line = objects.get(i);
            String sku = line.text("sku");
            lines.add(new Command.Line(sku, quantity(line, i, sku, conversion), goods.apply(line)));
        }
        return lines;
    }

    /** An integer in base units; with a unit, any number of it that is a whole number of base units. */
    private static long quantity(Fields line, int number, String sku, BaseUnits.Conversion conversion) {
        String unit = line.optionalText("unit");
        if (unit == null) {
            return line.integer("quantity");
        }
        BigDecimal quantity = Values.number(line, "quantity");
        return conversion.toBase(number, "lines[" + number + "].", sku, quantity, unit);
    }

    @Nullable
    static Instant time(Fields body, String name) {
        String text = body.optionalText(name);
        return text == null ? null : Times.parse(text, what -> body.invalid(name, what));
    }
}
