package io.stockhub.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Catalogue.Sku;
import io.stockhub.stock.Limits;
import io.stockhub.stock.SkuBuilder;
import io.stockhub.stock.Tracking;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Things that are counted: their names, units and components. A field that is left out has its default afterwards. */
@RestController
class SkusController {
    private static final Set<String> FIELDS = Set.of(
            "title",
            "aliases",
            "gtin",
            "baseUnit",
            "units",
            "components",
            "assembled",
            "tracking",
            "cost",
            "weightGrams",
            "abc");
    private static final Set<String> COMPONENT_FIELDS = Set.of("sku", "quantity");

    private final Catalogue catalogue;

    SkusController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A SKU on the wire; what {@code PUT} takes, with the code. */
    record View(
            String sku,
            String title,
            @Nullable String gtin,
            String baseUnit,
            Map<String, Long> units,
            List<Catalogue.Component> components,
            boolean assembled,
            String tracking,
            @Nullable BigDecimal cost,
            @Nullable Long weightGrams,
            @Nullable String abc,
            Map<String, List<String>> aliases) {
        static View of(Sku sku) {
            return new View(
                    sku.sku(),
                    sku.title(),
                    sku.gtin(),
                    sku.baseUnit(),
                    sku.units(),
                    sku.components(),
                    sku.assembled(),
                    sku.tracking().code(),
                    sku.cost(),
                    sku.weightGrams(),
                    sku.abcClass(),
                    sku.aliases());
        }
    }

    @GetMapping("/api/v1/skus/{sku}")
    View get(@PathVariable String sku) {
        return catalogue.sku(sku).map(View::of).orElseThrow(() -> Ids.absent(ProblemType.NOT_FOUND, "SKU", sku));
    }

    @PutMapping("/api/v1/skus/{sku}")
    ResponseEntity<View> put(@PathVariable String sku, Fields body) {
        body.allow(FIELDS, Set.of());
        SkuBuilder wanted = Sku.builder(Names.inPath("sku", sku), Names.required(body, "title"))
                .gtin(body.optionalText("gtin"))
                .assembled(body.flag("assembled"))
                .tracking(tracking(body))
                .cost(body.optionalDecimal("cost"))
                .weightGrams(body.raw("weightGrams") == null ? null : body.integer("weightGrams"))
                .abcClass(body.optionalText("abc"));
        if (body.raw("baseUnit") != null) {
            wanted.baseUnit(named(body, "baseUnit", body.text("baseUnit")));
        }
        Fields units = body.optionalObject("units");
        if (units != null) {
            units.names().forEach(unit -> wanted.unit(named(units, unit, unit), units.integer(unit)));
        }
        for (Fields component : body.objects("components")) {
            component.allow(COMPONENT_FIELDS, Set.of());
            wanted.component(component.text("sku"), component.integer("quantity"));
        }
        aliases(body, wanted);
        Sku built = wanted.build();
        boolean isNew;
        try {
            isNew = catalogue.put(built);
        } catch (Catalogue.AliasTakenException taken) {
            throw new Problem(ProblemType.INVALID_FIELD, taken.getMessage(), taken.field(), Map.of()).asException();
        }
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(View.of(built));
    }

    private static Tracking tracking(Fields body) {
        String wanted = body.optionalText("tracking");
        if (wanted == null) {
            return Tracking.NONE;
        }
        return Arrays.stream(Tracking.values())
                .filter(tracking -> tracking.code().equals(wanted))
                .findFirst()
                .orElseThrow(() -> body.invalid("tracking", "\"" + wanted + "\" (expected: none, lot or serial)"));
    }

    private static String named(Fields where, String field, String name) {
        String wrong = Names.wrong(name, Limits.NAME_LENGTH_MAX);
        if (wrong != null) {
            throw where.invalid(field, wrong);
        }
        return name;
    }

    /** One name, or a list of names, for each system. */
    private static void aliases(Fields body, SkuBuilder wanted) {
        Fields aliases = body.optionalObject("aliases");
        if (aliases == null) {
            return;
        }
        for (String system : aliases.names()) {
            named(aliases, system, system);
            List<String> names = names(aliases, system);
            names.forEach(name -> named(aliases, system, name));
            wanted.alias(system, names.toArray(String[]::new));
        }
    }

    private static List<String> names(Fields aliases, String system) {
        JsonNode value = aliases.raw(system);
        List<String> names = new ArrayList<>();
        if (value == null || !value.isArray()) {
            names.add(aliases.text(system));
            return names;
        }
        for (JsonNode name : value) {
            if (!name.isTextual()) {
                throw aliases.invalid(system, "holds something else (expected: a string, or a list of strings)");
            }
            names.add(name.textValue());
        }
        return names;
    }
}
