package io.stockhub.app;

import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.EdiDesk;
import io.stockhub.routes.Replays;
import io.stockhub.routes.Webhooks;
import io.stockhub.stock.Answer;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Command;
import io.stockhub.stock.Reservation;
import io.stockhub.stock.ReservationQueries;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.Units;
import io.stockhub.stock.availability.AvailabilityDesk;
import io.stockhub.stock.availability.Derivation;
import io.stockhub.stock.availability.Finding;
import io.stockhub.stock.availability.Promise;
import io.stockhub.stock.availability.RulesDesk;
import io.stockhub.stock.routing.RoutingDesk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every front door behind the web layer: remembers what it was asked and answers what a test tells it to. */
public final class FakeHub
        implements StockMaster,
                StockQueries,
                ReservationQueries,
                Catalogue,
                Webhooks,
                EdiDesk,
                DeadLetters,
                Replays,
                ChannelDesk,
                AvailabilityDesk,
                RulesDesk,
                RoutingDesk {

    public record WebhookCall(String channel, Map<String, String> headers, byte[] body) {}

    public record Discard(List<Long> ids, @Nullable Filter filter, String reason, String by) {}

    public record EdiCall(byte[] raw, String source) {}

    public final List<Command> commands = new CopyOnWriteArrayList<>();
    public final List<WebhookCall> webhookCalls = new CopyOnWriteArrayList<>();
    public final List<EdiCall> ediCalls = new CopyOnWriteArrayList<>();
    public final List<Replays.Request> replayRequests = new CopyOnWriteArrayList<>();
    public final List<Discard> discards = new CopyOnWriteArrayList<>();
    public final List<Replays.Job> jobs = new CopyOnWriteArrayList<>();
    public final List<String> acts = new CopyOnWriteArrayList<>();
    public final List<Replays.Fix> fixes = new CopyOnWriteArrayList<>();
    public final List<Filter> filters = new CopyOnWriteArrayList<>();
    public final List<ReservationQueries.Search> reservationSearches = new CopyOnWriteArrayList<>();
    public final List<List<String>> unitReads = new CopyOnWriteArrayList<>();
    public final List<String> synced = new CopyOnWriteArrayList<>();
    public final List<String> readBack = new CopyOnWriteArrayList<>();
    public final List<Drift> drifts = new CopyOnWriteArrayList<>();
    public final Map<String, Sku> skus = new ConcurrentHashMap<>();
    public final Map<String, Location> locations = new ConcurrentHashMap<>();
    public final Map<String, List<Bin>> bins = new ConcurrentHashMap<>();
    public final List<Conflict> conflicts = new CopyOnWriteArrayList<>();
    public final List<String> settled = new CopyOnWriteArrayList<>();
    public final Map<String, List<LocationStock>> stock = new ConcurrentHashMap<>();
    public final Map<String, SkuStock> skuStock = new ConcurrentHashMap<>();
    public final Map<String, List<Told>> told = new ConcurrentHashMap<>();
    public final Map<String, List<Listing>> listings = new ConcurrentHashMap<>();
    public final List<PostingView> postings = new CopyOnWriteArrayList<>();
    public final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
    public final List<CauseGroup> causes = new CopyOnWriteArrayList<>();
    public final List<Health> health = new CopyOnWriteArrayList<>();
    public final Map<Long, Detail> details = new ConcurrentHashMap<>();
    public final Map<Long, Reservation> reservations = new ConcurrentHashMap<>();
    public final TreeMap<String, SkuTotals> totals = new TreeMap<>();
    public final TreeMap<String, Offer> offers = new TreeMap<>();
    public final TreeMap<String, Exposure> exposures = new TreeMap<>();
    public final Set<String> channels = new TreeSet<>();

    public volatile Function<Command, Answer> answers;
    /** What {@code answers} throws is thrown after the command was taken, not when it is handed in. */
    public volatile boolean failLater;

    public volatile Function<WebhookCall, Webhooks.Reception> receptions;
    public volatile Function<EdiCall, EdiDesk.Reception> ediReceptions;
    public volatile Function<Replays.Request, Long> replays;
    public volatile Map<Long, Progress> progress;
    public volatile LedgerReport report;
    public volatile AsOf asked;
    public volatile @Nullable AliasTakenException aliasTaken;
    public volatile Optional<Derivation> derivation;
    public volatile Optional<Promise> promise;
    public final List<Question> trials = new CopyOnWriteArrayList<>();
    public final List<RulesDesk.Version> rules = new CopyOnWriteArrayList<>();
    public final List<Finding> findings = new CopyOnWriteArrayList<>();
    public final List<RulesDesk.Change> changes = new CopyOnWriteArrayList<>();
    public volatile Instant now = Instant.parse("2026-09-04T10:15:00Z");

    public FakeHub() {
        reset();
    }

    public void reset() {
        for (List<?> list : List.of(
                commands,
                webhookCalls,
                ediCalls,
                replayRequests,
                discards,
                jobs,
                acts,
                fixes,
                filters,
                reservationSearches,
                synced,
                readBack,
                drifts,
                unitReads,
                postings,
                letters,
                causes,
                health,
                conflicts,
                settled,
                rules,
                trials,
                findings,
                changes)) {
            list.clear();
        }
        for (Map<?, ?> map : List.of(
                skus,
                locations,
                bins,
                stock,
                skuStock,
                told,
                listings,
                details,
                reservations,
                totals,
                offers,
                exposures)) {
            map.clear();
        }
        answers = command -> {
            throw new AssertionError("nobody said what to answer to " + command);
        };
        channels.clear();
        failLater = false;
        receptions = call -> new Webhooks.Reception.Stored(false);
        ediReceptions = call -> new EdiDesk.Reception(new byte[0], EdiDesk.Outcome.ACCEPTED, "taken");
        replays = request -> 7L;
        progress = new ConcurrentHashMap<>();
        report = new LedgerReport(VerifyMode.FULL, 0, 0, 0, 0, null, Map.of(), List.of());
        asked = AsOf.NOW;
        aliasTaken = null;
        derivation = Optional.empty();
        promise = Optional.empty();
    }

    @Override
    public CompletableFuture<Answer> submit(Command command) {
        try {
            return CompletableFuture.completedFuture(execute(command));
        } catch (RuntimeException failure) {
            if (failLater) {
                return CompletableFuture.failedFuture(failure);
            }
            throw failure;
        }
    }

    @Override
    public Answer execute(Command command) {
        commands.add(command);
        return answers.apply(command);
    }

    @Override
    public void close() {}

    @Override
    public Optional<List<LocationStock>> stock(String sku) {
        return Optional.ofNullable(stock.get(sku));
    }

    @Override
    public Optional<SkuStock> stock(String sku, AsOf asOf) {
        asked = asOf;
        SkuStock known = skuStock.get(sku);
        return known != null
                ? Optional.of(known)
                : stock(sku)
                        .map(places -> new SkuStock(
                                places.stream()
                                        .map(place -> new Place(place.location(), place.states(), List.of()))
                                        .toList(),
                                List.of(),
                                List.of()));
    }

    @Override
    public List<Exposure> exposure(List<String> skus) {
        return exposures.values().stream()
                .filter(one -> skus.contains(one.sku()))
                .toList();
    }

    @Override
    public List<Told> told(String sku, java.time.Instant when) {
        return told.getOrDefault(sku, List.of());
    }

    @Override
    public List<SkuTotals> list(@Nullable String after, int limit, @Nullable String text) {
        return totals.values().stream()
                .filter(sku -> after == null || sku.sku().compareTo(after) > 0)
                .filter(sku ->
                        text == null || (sku.sku() + sku.title()).toLowerCase().contains(text.toLowerCase()))
                .limit(limit)
                .toList();
    }

    @Override
    public Map<String, Map<String, Long>> available(Collection<String> wanted) {
        return Map.of();
    }

    @Override
    public List<PostingView> postings(String sku, long afterMovement, int limit) {
        return postings.stream()
                .filter(posting -> posting.movementId() > afterMovement)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Reservation> reservation(long reservationId) {
        return Optional.ofNullable(reservations.get(reservationId));
    }

    @Override
    public Optional<Reservation> reservation(String channel, String orderRef) {
        return Optional.empty();
    }

    @Override
    public Trial tryOut(Question question) {
        trials.add(question);
        return new Trial.Routed(List.of(), io.stockhub.stock.routing.Plan.NOTHING);
    }

    @Override
    public boolean isAnnounced(String location, String reference) {
        return false;
    }

    @Override
    public LedgerReport verify(VerifyMode mode) {
        return new LedgerReport(
                mode,
                report.movements(),
                report.postings(),
                report.balances(),
                report.unsealed(),
                report.until(),
                report.counts(),
                report.findings());
    }

    @Override
    public List<Reservation> reservations(java.util.Collection<Long> ids) {
        return reservations.values().stream()
                .filter(reservation -> ids.contains(reservation.reservationId()))
                .toList();
    }

    @Override
    public Page reservations(ReservationQueries.Search filter, long after, int limit) {
        reservationSearches.add(filter);
        List<Reservation> found = reservations.values().stream()
                .filter(reservation -> reservation.reservationId() > after)
                .sorted(Comparator.comparingLong(Reservation::reservationId))
                .limit(limit + 1)
                .toList();
        return found.size() <= limit
                ? new Page(found, null)
                : new Page(found.subList(0, limit), found.get(limit - 1).reservationId());
    }

    @Override
    public boolean put(Sku sku) {
        sku.check();
        if (aliasTaken != null) {
            throw aliasTaken;
        }
        return skus.put(sku.sku(), sku) == null;
    }

    @Override
    public boolean put(Location location) {
        location.check();
        return locations.put(location.id(), location) == null;
    }

    @Override
    public Optional<Sku> sku(String sku) {
        return Optional.ofNullable(skus.get(sku));
    }

    @Override
    public List<Location> locations() {
        return List.copyOf(locations.values());
    }

    @Override
    public boolean putBins(String location, List<Bin> wanted) {
        Bin.check(wanted);
        if (locations.containsKey(location)) {
            bins.put(location, wanted);
        }
        return locations.containsKey(location);
    }

    @Override
    public List<Bin> bins(String location) {
        return bins.getOrDefault(location, List.of());
    }

    @Override
    public List<Conflict> conflicts(@Nullable Boolean open, long after, int limit) {
        return conflicts.stream()
                .filter(conflict -> open == null || conflict.open() == open)
                .filter(conflict -> conflict.id() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Conflict> settle(long conflictId, String actor) {
        settled.add(conflictId + " by " + actor);
        return conflicts.stream()
                .filter(conflict -> conflict.id() == conflictId)
                .findFirst();
    }

    @Override
    public Map<String, Units> units(Collection<String> asked) {
        unitReads.add(List.copyOf(asked));
        return skus.values().stream()
                .filter(sku -> asked.contains(sku.sku()))
                .collect(Collectors.toMap(Sku::sku, sku -> new Units(sku.baseUnit(), sku.units())));
    }

    @Override
    public Map<String, Map<String, List<String>>> aliases(Collection<String> asked) {
        return Map.of();
    }

    @Override
    public Optional<String> resolve(String system, String name) {
        return Optional.empty();
    }

    @Override
    public Webhooks.Reception receive(String channel, Map<String, String> headers, byte[] body) {
        WebhookCall call = new WebhookCall(channel, headers, body);
        webhookCalls.add(call);
        return receptions.apply(call);
    }

    @Override
    public EdiDesk.Reception receive(byte[] raw, String source) {
        EdiCall call = new EdiCall(raw, source);
        ediCalls.add(call);
        return ediReceptions.apply(call);
    }

    @Override
    public List<DeadLetter> list(Filter filter, @Nullable Long before, int limit) {
        filters.add(filter);
        return letters.stream()
                .filter(letter -> before == null || letter.id() < before)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Detail> get(long id) {
        return Optional.ofNullable(details.get(id));
    }

    @Override
    public List<CauseGroup> byCause(Filter filter) {
        filters.add(filter);
        return new ArrayList<>(causes);
    }

    @Override
    public long open() {
        return letters.size();
    }

    @Override
    public long start(Replays.Request request) {
        replayRequests.add(request);
        return replays.apply(request);
    }

    @Override
    public Optional<Progress> progress(long replayId) {
        return Optional.ofNullable(progress.get(replayId));
    }

    @Override
    public Discarded discard(List<Long> ids, @Nullable Filter filter, String reason, String by) {
        discards.add(new Discard(ids, filter, reason, by));
        if (ids.contains(404L)) {
            throw new IllegalArgumentException("ids: there is no dead letter 404");
        }
        return new Discarded(1, List.of(new Refused(8, "It was resolved before.")));
    }

    @Override
    public List<Job> list(@Nullable Long before, int limit) {
        return jobs.stream()
                .filter(job -> before == null || job.replayId() < before)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Job> change(long replayId, Act act, String by) {
        acts.add(act + " " + replayId + " " + by);
        return jobs.stream()
                .filter(job -> job.replayId() == replayId)
                .findFirst()
                .map(job -> {
                    if (job.endedAt() != null) {
                        throw new IllegalStateException("Replay " + replayId + " is over: " + job.state() + ".");
                    }
                    return job;
                });
    }

    @Override
    public Optional<Fixed> fix(Fix fix) {
        fixes.add(fix);
        if ("NONE".equals(fix.sku())) {
            throw new IllegalArgumentException("sku: there is no SKU \"NONE\"");
        }
        return fix.cause().equals("c1") ? Optional.of(new Fixed(7, 1200, "amazon", "AMZ-TEE")) : Optional.empty();
    }

    @Override
    public List<Health> health() {
        return new ArrayList<>(health);
    }

    @Override
    public List<Listing> listings(String sku) {
        return listings.getOrDefault(sku, List.of());
    }

    @Override
    public List<Listing> listings(List<String> wanted) {
        return wanted.stream().flatMap(sku -> listings(sku).stream()).toList();
    }

    @Override
    public List<Drift> drifts(DriftFilter filter, Long before, int limit) {
        return drifts.stream()
                .filter(drift -> filter.channel() == null || filter.channel().equals(drift.channel()))
                .filter(drift -> filter.sku() == null || filter.sku().equals(drift.sku()))
                .filter(drift -> filter.open() == null || filter.open() == (drift.closedAt() == null))
                .filter(drift -> before == null || drift.id() < before)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Long> readBack(String channel) {
        if (health.stream().noneMatch(one -> one.channel().equals(channel))) {
            return Optional.empty();
        }
        readBack.add(channel);
        return Optional.of(7L);
    }

    @Override
    public Optional<Long> sync(String channel) {
        if (health.stream().noneMatch(one -> one.channel().equals(channel))) {
            return Optional.empty();
        }
        synced.add(channel);
        return Optional.of(12L);
    }

    @Override
    public Map<String, Long> sellable(Collection<String> wanted) {
        Map<String, Long> units = new TreeMap<>();
        exposures.forEach((sku, one) -> units.put(sku, one.units()));
        units.keySet().retainAll(wanted);
        return units;
    }

    @Override
    public Offers offers(Collection<String> wanted) {
        return new Offers(
                channels,
                offers.values().stream()
                        .filter(offer -> wanted.contains(offer.sku()))
                        .toList());
    }

    @Override
    public Map<String, Map<String, Long>> ats(Collection<String> wanted) {
        return Map.of();
    }

    @Override
    public Optional<Derivation> why(String sku, String channel) {
        return derivation;
    }

    @Override
    public Optional<Promise> promise(String sku, String channel) {
        return promise;
    }

    @Override
    public Optional<RulesDesk.Version> current() {
        return rules.isEmpty() ? Optional.empty() : Optional.of(rules.getLast());
    }

    @Override
    public Optional<RulesDesk.Version> version(long version) {
        return rules.stream().filter(one -> one.version() == version).findFirst();
    }

    @Override
    public List<Entry> history(@Nullable Long before, int limit) {
        return rules.reversed().stream()
                .filter(one -> before == null || one.version() < before)
                .limit(limit)
                .map(one -> new Entry(one.version(), one.appliedBy(), one.appliedAt(), one.comment()))
                .toList();
    }

    @Override
    public List<Finding> check(String document) {
        return List.copyOf(findings);
    }

    @Override
    public Plan plan(String document, int changesMax) {
        List<Change> first = changes.stream().limit(changesMax).toList();
        return new Plan(rules.size(), List.copyOf(findings), first, changes.size(), 1, 0, 40, 3);
    }

    @Override
    public RulesDesk.Outcome apply(
            String document, String actor, @Nullable String comment, @Nullable Long expectedVersion) {
        if (expectedVersion != null && expectedVersion != rules.size()) {
            return new RulesDesk.Outcome.Moved(rules.size());
        }
        if (!findings.isEmpty()) {
            return new RulesDesk.Outcome.Refused(List.copyOf(findings));
        }
        if (!rules.isEmpty() && rules.getLast().document().equals(document)) {
            return new RulesDesk.Outcome.Unchanged(rules.getLast());
        }
        rules.add(new RulesDesk.Version(rules.size() + 1, document, actor, now, comment));
        return new RulesDesk.Outcome.Applied(rules.getLast());
    }
}
