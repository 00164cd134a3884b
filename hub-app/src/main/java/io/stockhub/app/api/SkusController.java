package io.stockhub.app.api;

import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemType;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Catalogue.Sku;
import io.stockhub.stock.Limits;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Things that are counted, with what other systems call them. */
@RestController
class SkusController {
    private static final Set<String> FIELDS = Set.of("title", "aliases", "gtin", "tracking");
    private static final Set<String> LATER = Set.of("units", "components", "cost", "weight");

    private final Catalogue catalogue;

    SkusController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @PutMapping("/api/v1/skus/{sku}")
    ResponseEntity<Sku> put(@PathVariable String sku, Fields body) {
        body.allow(FIELDS, LATER);
        tracking(body);
        Sku wanted = new Sku(Names.inPath("sku", sku), Names.required(body, "title"), gtin(body), aliases(body));
        boolean isNew;
        try {
            isNew = catalogue.put(wanted);
        } catch (Catalogue.AliasTakenException taken) {
            throw aliasTaken(taken);
        }
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(wanted);
    }

    private static void tracking(Fields body) {
        String tracking = body.optionalText("tracking");
        if (tracking == null || tracking.equals("none")) {
            return;
        }
        if (tracking.equals("lot") || tracking.equals("serial")) {
            throw body.unsupported("tracking", "\"" + tracking + "\" is not available yet (expected: none)");
        }
        throw body.invalid("tracking", "\"" + tracking + "\" (expected: none)");
    }

    private static Map<String, String> aliases(Fields body) {
        Map<String, String> aliases = body.texts("aliases");
        aliases.forEach((system, alias) -> {
            String wrong = Names.wrong(system, Limits.NAME_LENGTH_MAX);
            if (wrong == null) {
                wrong = Names.wrong(alias, Limits.NAME_LENGTH_MAX);
            }
            if (wrong != null) {
                throw body.invalid("aliases." + system, wrong);
            }
        });
        return aliases;
    }

    /** GTIN-8, -12, -13 or -14 with its check digit (GS1 General Specifications, section 7.9). */
    @Nullable
    private static String gtin(Fields body) {
        String gtin = body.optionalText("gtin");
        if (gtin == null) {
            return null;
        }
        if (!gtin.matches("[0-9]{8}|[0-9]{12,14}")) {
            throw body.invalid("gtin", "\"" + gtin + "\" (expected: 8, 12, 13 or 14 digits)");
        }
        int sum = 0;
        for (int i = 0; i < gtin.length() - 1; i++) {
            boolean odd = (gtin.length() - 1 - i) % 2 == 1;
            sum += (gtin.charAt(i) - '0') * (odd ? 3 : 1);
        }
        int check = (10 - sum % 10) % 10;
        if (gtin.charAt(gtin.length() - 1) - '0' != check) {
            throw body.invalid("gtin", "\"" + gtin + "\" (expected: check digit " + check + ")");
        }
        return gtin;
    }

    private static RuntimeException aliasTaken(Catalogue.AliasTakenException taken) {
        String message = taken.getMessage();
        int end = message.indexOf(": ");
        String field = end > 0 ? message.substring(0, end) : "aliases";
        return new Problem(ProblemType.INVALID_FIELD, message, field, Map.of()).asException();
    }
}
