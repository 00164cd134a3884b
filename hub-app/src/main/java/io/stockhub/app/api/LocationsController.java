package io.stockhub.app.api;

import io.stockhub.app.problem.ProblemType;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Catalogue.Bin;
import io.stockhub.stock.Catalogue.Location;
import io.stockhub.stock.Limits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Places that hold stock, with the bins in them. */
@RestController
class LocationsController {
    private static final Set<String> FIELDS = Set.of(
            "title",
            "kind",
            "country",
            "region",
            "postalCode",
            "priority",
            "managedBy",
            "latitude",
            "longitude",
            "timeZone");
    private static final Set<String> BIN_FIELDS = Set.of("bin", "zone", "pickOrder");
    private static final int PRIORITY_DEFAULT = 100;
    private static final int PRIORITY_MAX = 1_000_000;

    private final Catalogue catalogue;

    LocationsController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    record Listed(List<Location> locations) {}

    record Bins(String location, List<Bin> bins) {}

    /** A location with its bins. */
    record Detail(
            String id,
            String title,
            String kind,
            @Nullable String country,
            @Nullable String region,
            @Nullable String postalCode,
            int priority,
            @Nullable String managedBy,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable String timeZone,
            List<Bin> bins) {
        static Detail of(Location location, List<Bin> bins) {
            return new Detail(
                    location.id(),
                    location.title(),
                    location.kind(),
                    location.country(),
                    location.region(),
                    location.postalCode(),
                    location.priority(),
                    location.managedBy(),
                    location.latitude(),
                    location.longitude(),
                    location.timeZone(),
                    bins);
        }
    }

    @GetMapping("/api/v1/locations")
    Listed list() {
        return new Listed(catalogue.locations());
    }

    @GetMapping("/api/v1/locations/{id}")
    Detail get(@PathVariable String id) {
        return catalogue
                .location(id)
                .map(location -> Detail.of(location, catalogue.bins(id)))
                .orElseThrow(() -> absent(id));
    }

    @PutMapping("/api/v1/locations/{id}")
    ResponseEntity<Location> put(@PathVariable String id, Fields body) {
        body.allow(FIELDS, Set.of());
        String kind = body.optionalText("kind");
        Location location = new Location(
                Names.inPath("id", id),
                Names.required(body, "title"),
                kind == null ? "warehouse" : kind,
                Names.optional(body, "country"),
                Names.optional(body, "region"),
                Names.optional(body, "postalCode"),
                priority(id, body),
                Names.optional(body, "managedBy"),
                degrees(body, "latitude"),
                degrees(body, "longitude"),
                body.optionalText("timeZone"));
        boolean isNew = catalogue.put(location);
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(location);
    }

    @PutMapping("/api/v1/locations/{id}/bins")
    Bins putBins(@PathVariable String id, Fields body) {
        body.allow(Set.of("bins"), Set.of());
        if (body.raw("bins") == null) {
            throw body.invalid("bins", "missing (expected: a list; an empty one takes all bins away)");
        }
        List<Bin> bins = new ArrayList<>();
        for (Fields bin : body.objects("bins")) {
            bin.allow(BIN_FIELDS, Set.of());
            bins.add(new Bin(name(bin, "bin", bin.text("bin")), zone(bin), pickOrder(bin)));
        }
        if (!catalogue.putBins(id, bins)) {
            throw absent(id);
        }
        return new Bins(id, catalogue.bins(id));
    }

    @Nullable
    private static String zone(Fields bin) {
        String zone = bin.optionalText("zone");
        return zone == null ? null : name(bin, "zone", zone);
    }

    private static String name(Fields bin, String field, String name) {
        String wrong = Names.wrong(name, Limits.NAME_LENGTH_MAX);
        if (wrong != null) {
            throw bin.invalid(field, wrong);
        }
        return name;
    }

    private static int pickOrder(Fields bin) {
        return bin.raw("pickOrder") == null ? Bin.ORDER_DEFAULT : bounded(bin, "pickOrder");
    }

    @Nullable
    private static Double degrees(Fields body, String field) {
        BigDecimal degrees = body.optionalDecimal(field);
        return degrees == null ? null : degrees.doubleValue();
    }

    /** A caller that says nothing about the priority does not change it. */
    private int priority(String id, Fields body) {
        if (body.has("priority")) {
            return bounded(body, "priority");
        }
        return catalogue.location(id).map(Location::priority).orElse(PRIORITY_DEFAULT);
    }

    private static int bounded(Fields body, String field) {
        long number = body.integer(field);
        if (number < 0 || number > PRIORITY_MAX) {
            throw body.invalid(field, number + " (expected: 0 to " + PRIORITY_MAX + ")");
        }
        return (int) number;
    }

    private static RuntimeException absent(String id) {
        return Ids.absent(ProblemType.NOT_FOUND, "location", id);
    }
}
