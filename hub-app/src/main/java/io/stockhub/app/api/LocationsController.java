package io.stockhub.app.api;

import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Catalogue.Location;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Places that hold stock. */
@RestController
class LocationsController {
    private static final Set<String> FIELDS = Set.of("title", "kind", "country", "region", "postalCode", "priority");
    private static final Set<String> KINDS = Set.of("warehouse", "shop", "3pl", "virtual");
    private static final int PRIORITY_DEFAULT = 100;
    private static final int PRIORITY_MAX = 1_000_000;

    private final Catalogue catalogue;

    LocationsController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @PutMapping("/api/v1/locations/{id}")
    ResponseEntity<Location> put(@PathVariable String id, Fields body) {
        body.allow(FIELDS, Set.of());
        Location location = new Location(
                Names.inPath("id", id),
                Names.required(body, "title"),
                kind(body),
                Names.optional(body, "country"),
                Names.optional(body, "region"),
                Names.optional(body, "postalCode"),
                priority(id, body));
        boolean isNew = catalogue.put(location);
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(location);
    }

    private static String kind(Fields body) {
        String kind = body.optionalText("kind");
        if (kind == null) {
            return "warehouse";
        }
        if (!KINDS.contains(kind)) {
            throw body.invalid("kind", "\"" + kind + "\" (expected: warehouse, shop, 3pl or virtual)");
        }
        return kind;
    }

    /** A caller that says nothing about the priority does not change it. */
    private int priority(String id, Fields body) {
        if (body.has("priority")) {
            long priority = body.integer("priority");
            if (priority < 0 || priority > PRIORITY_MAX) {
                throw body.invalid("priority", priority + " (expected: 0 to " + PRIORITY_MAX + ")");
            }
            return (int) priority;
        }
        Optional<Location> known = catalogue.locations().stream()
                .filter(location -> location.id().equals(id))
                .findFirst();
        return known.map(Location::priority).orElse(PRIORITY_DEFAULT);
    }
}
