package io.stockhub.stock.count;

import io.stockhub.stock.Answer;
import io.stockhub.stock.CountDesk.Opening;
import io.stockhub.stock.CountDesk.Spot;
import io.stockhub.stock.CountDesk.Tally;
import io.stockhub.stock.InvalidCommandException;
import io.stockhub.stock.Limits;
import io.stockhub.stock.RefusalCode;
import io.stockhub.stock.Tracking;
import io.stockhub.stock.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What lies at a location, and whether a spot of it can be counted. */
final class Shelves {
    /** What orders hold lies on the shelf, or the packing table, to be counted. */
    static final String COUNTED_STATES = "('available', 'reserved', 'picked')";

    /** What is counted, with the SKUs that were left out. */
    record Plan(List<Spot> spots, List<String> notCounted) {}

    private record Kind(Tracking tracking, boolean bundle) {}

    private record Lying(Spot spot, Tracking tracking) {}

    private final Sql.Session session;
    private final String location;

    Shelves(Sql.Session session, String location) {
        this.session = session;
        this.location = location;
    }

    /** Why nothing is counted at the location; null when it can be. */
    @Nullable
    Answer refusal() throws SQLException {
        Optional<Optional<String>> managedBy = session.first(
                "select managed_by from location where location_id = ?",
                row -> Optional.ofNullable(row.getString(1)),
                location);
        if (managedBy.isEmpty()) {
            return new Answer.UnknownLocation(location);
        }
        return managedBy
                .get()
                .map(channel -> (Answer) new Answer.Refused(
                        RefusalCode.READ_ONLY_LOCATION,
                        "location",
                        "\"" + location + "\" is run by " + channel + " (expected: a location of ours)"))
                .orElse(null);
    }

    /** Why a spot cannot be counted, the first of them; null when all can be. */
    @Nullable
    Answer refusal(List<Spot> spots) throws SQLException {
        Map<String, Kind> kinds = kinds(spots.stream().map(Spot::sku).toList());
        Set<String> bins = bins();
        for (int i = 0; i < spots.size(); i++) {
            Spot spot = spots.get(i);
            Kind kind = kinds.get(spot.sku());
            String path = "lines[" + i + "].";
            if (kind == null) {
                return new Answer.UnknownSku(i, spot.sku());
            }
            if (kind.bundle()) {
                throw new InvalidCommandException(
                        path + "sku", "\"" + spot.sku() + "\" is a bundle and lies nowhere (expected: its components)");
            }
            if (kind.tracking() == Tracking.SERIAL) {
                throw new InvalidCommandException(
                        path + "sku",
                        "\"" + spot.sku() + "\" is tracked by serial (expected: an adjustment that names the serials)");
            }
            if (kind.tracking() != Tracking.LOT && spot.lot() != null) {
                throw new InvalidCommandException(path + "lot", "\"" + spot.sku() + "\" is not tracked by lot");
            }
            if (spot.bin() != null && !bins.isEmpty() && !bins.contains(spot.bin())) {
                throw new InvalidCommandException(path + "bin", "\"" + spot.bin() + "\" is no bin of " + location);
            }
        }
        return null;
    }

    /** Refuses a spot of a SKU that is tracked by lot, without the lot. */
    void needLots(List<Spot> spots) throws SQLException {
        Map<String, Kind> kinds = kinds(spots.stream().map(Spot::sku).toList());
        for (int i = 0; i < spots.size(); i++) {
            Kind kind = kinds.get(spots.get(i).sku());
            if (kind != null && kind.tracking() == Tracking.LOT && spots.get(i).lot() == null) {
                throw new InvalidCommandException(
                        "lines[" + i + "].lot", "missing (\"" + spots.get(i).sku() + "\" is tracked by lot)");
            }
        }
    }

    /** Refuses spots that meet: units there would be counted twice. */
    static void apart(List<Spot> spots) {
        Map<String, List<Integer>> bySku = new HashMap<>();
        for (int i = 0; i < spots.size(); i++) {
            List<Integer> before = bySku.computeIfAbsent(spots.get(i).sku(), sku -> new ArrayList<>());
            for (int other : before) {
                if (spots.get(i).meets(spots.get(other))) {
                    throw new InvalidCommandException(
                            "lines[" + i + "]",
                            "the same units as lines[" + other + "] (expected: each bin and lot of a SKU once, or the"
                                    + " SKU without bin and lot)");
                }
            }
            before.add(i);
        }
    }

    Plan plan(Opening opening) throws SQLException {
        Plan plan = !opening.lines().isEmpty()
                ? ofLines(opening.lines())
                : opening.abc() == null ? ofBins(opening.bins()) : ofClass(opening.abc());
        if (plan.spots().size() > Limits.LINES_MAX) {
            throw new InvalidCommandException(
                    opening.lines().isEmpty() ? opening.abc() == null ? "bins" : "abc" : "lines",
                    plan.spots().size() + " lines (expected: at most " + Limits.LINES_MAX
                            + "; count in several counts, by bins)");
        }
        return plan;
    }

    private Plan ofLines(List<Spot> lines) throws SQLException {
        Map<String, Kind> kinds = kinds(lines.stream().map(Spot::sku).toList());
        List<Spot> spots = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Spot spot = lines.get(i);
            Kind kind = kinds.get(spot.sku());
            if (kind == null || kind.tracking() != Tracking.LOT || spot.lot() != null) {
                spots.add(spot);
                continue;
            }
            List<String> lots = lots(spot);
            if (lots.isEmpty()) {
                throw new InvalidCommandException(
                        "lines[" + i + "].lot",
                        "missing (\"" + spot.sku() + "\" is tracked by lot, and the books have none there)");
            }
            lots.forEach(lot -> spots.add(new Spot(spot.sku(), spot.bin(), lot)));
        }
        return new Plan(spots, List.of());
    }

    private List<String> lots(Spot spot) throws SQLException {
        return session.list(
                """
                select distinct lot from account where sku = ? and location = ? and state in """
                        + COUNTED_STATES
                        + " and quantity > 0 and lot <> '' and (?::text is null or bin = ?) order by lot",
                row -> row.getString(1),
                spot.sku(),
                location,
                spot.bin(),
                spot.bin());
    }

    private Plan ofBins(List<String> wanted) throws SQLException {
        Set<String> known = bins();
        for (int i = 0; i < wanted.size(); i++) {
            if (!known.isEmpty() && !known.contains(wanted.get(i))) {
                throw new InvalidCommandException(
                        "bins[" + i + "]", "\"" + wanted.get(i) + "\" is no bin of " + location);
            }
        }
        return plan(session.list(
                """
                select a.sku, a.bin, a.lot, s.tracking from account a join sku s using (sku)
                where a.location = ? and a.bin = any (?) and a.quantity > 0 and a.state in """
                        + COUNTED_STATES + " group by a.bin, a.sku, a.lot, s.tracking order by a.bin, a.sku, a.lot",
                row -> new Lying(
                        new Spot(row.getString(1), row.getString(2), row.getString(3)), tracking(row.getString(4))),
                location,
                wanted.toArray(String[]::new)));
    }

    /**
     * A SKU of which all units lie in bins is counted bin by bin, else as a whole. The class is read by name from the row
     * as JSON: the column belongs to the catalogue, which may come later than the counts.
     */
    private Plan ofClass(String abc) throws SQLException {
        Plan plan = plan(session.list(
                """
                with lying as (
                  select a.sku, a.bin, a.lot, s.tracking, bool_and(a.bin <> '') over (partition by a.sku) as in_bins
                  from account a join sku s using (sku)
                  where s.abc_class = ? and a.location = ? and a.quantity > 0 and a.state in """
                        + COUNTED_STATES
                        + """
                )
                select distinct sku, case when in_bins then bin else '' end as bin, lot, tracking
                from lying order by bin, sku, lot""",
                row -> new Lying(
                        new Spot(row.getString(1), row.getString(2), row.getString(3)), tracking(row.getString(4))),
                abc,
                location));
        if (plan.spots().isEmpty()) {
            throw new InvalidCommandException(
                    "abc", "\"" + abc + "\" (expected: a class of which something lies at " + location + ")");
        }
        return plan;
    }

    private static Plan plan(List<Lying> lying) {
        List<Spot> spots = new ArrayList<>();
        Set<String> notCounted = new TreeSet<>();
        for (Lying units : lying) {
            if (units.tracking() == Tracking.SERIAL) {
                notCounted.add(units.spot().sku());
            } else {
                spots.add(new Spot(
                        units.spot().sku(),
                        named(units.spot().bin()),
                        units.tracking() == Tracking.LOT ? named(units.spot().lot()) : null));
            }
        }
        return new Plan(List.copyOf(new LinkedHashSet<>(spots)), List.copyOf(notCounted));
    }

    private static @Nullable String named(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static Tracking tracking(String code) {
        return Tracking.of(code);
    }

    private record Named(String sku, Kind kind) {}

    private Map<String, Kind> kinds(Collection<String> skus) throws SQLException {
        Map<String, Kind> kinds = new HashMap<>();
        session.list(
                        """
                        select sku, tracking, not assembled and exists (select from sku_component c where c.sku = s.sku)
                        from sku s where sku = any (?)""",
                        row -> new Named(row.getString(1), new Kind(tracking(row.getString(2)), row.getBoolean(3))),
                        (Object) skus.toArray(String[]::new))
                .forEach(named -> kinds.put(named.sku(), named.kind()));
        return kinds;
    }

    private Set<String> bins() throws SQLException {
        return new TreeSet<>(session.list("select bin from bin where location = ?", row -> row.getString(1), location));
    }

    /** What was counted in base units; a unit that the SKU does not have is refused. */
    List<Long> inBaseUnits(List<Tally> tallies) throws SQLException {
        List<Long> quantities = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            Tally tally = tallies.get(i);
            long factor = tally.unit() == null
                    ? 1
                    : factor("lines[" + i + "].unit", tally.spot().sku(), tally.unit());
            if (tally.quantity() > Limits.QUANTITY_MAX / factor) {
                throw new InvalidCommandException(
                        "lines[" + i + "].quantity",
                        tally.quantity() + " " + tally.unit() + " (expected: at most " + Limits.QUANTITY_MAX
                                + " in base units)");
            }
            quantities.add(tally.quantity() * factor);
        }
        return quantities;
    }

    private long factor(String path, String sku, String unit) throws SQLException {
        return session.first(
                        """
                        select factor from sku_unit where sku = ? and unit = ?
                        union all
                        select 1 from sku where sku = ? and base_unit = ?""",
                        row -> row.getLong(1),
                        sku,
                        unit,
                        sku,
                        unit)
                .orElseThrow(
                        () -> new InvalidCommandException(path, "\"" + unit + "\" (expected: a unit of " + sku + ")"));
    }
}
