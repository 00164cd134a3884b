package io.stockhub.app;

import io.stockhub.stock.CountDesk;
import io.stockhub.stock.DiscrepancyDesk;
import io.stockhub.stock.InboundDesk;
import io.stockhub.stock.LeakDesk;
import io.stockhub.stock.TransferDesk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The desks around the ledger: remember what they were asked and answer what a test tells them to. */
public final class FakeDesks implements InboundDesk, TransferDesk, DiscrepancyDesk, CountDesk, LeakDesk {
    public final List<List<Object>> asked = new CopyOnWriteArrayList<>();

    public volatile List<InboundDesk.Head> inboundHeads = List.of();
    public volatile Optional<Inbound> inbound = Optional.empty();
    public volatile List<Difference> differences = List.of();
    public volatile List<TransferDesk.Head> transferHeads = List.of();
    public volatile Optional<Transfer> transfer = Optional.empty();
    public volatile List<Discrepancy> found = List.of();
    public volatile Resolved resolved = new Resolved.Unknown();
    public volatile CountDesk.Result result = new Result.UnknownCount(7);
    public volatile Optional<Count> count = Optional.empty();
    public volatile List<CountDesk.Head> countHeads = List.of();
    public volatile List<Leak> leaks = List.of();

    public void reset() {
        asked.clear();
        inboundHeads = List.of();
        inbound = Optional.empty();
        differences = List.of();
        transferHeads = List.of();
        transfer = Optional.empty();
        found = List.of();
        resolved = new Resolved.Unknown();
        result = new Result.UnknownCount(7);
        count = Optional.empty();
        countHeads = List.of();
        leaks = List.of();
    }

    private void note(@Nullable Object... what) {
        asked.add(java.util.Arrays.stream(what)
                .map(one -> one == null ? "-" : one)
                .toList());
    }

    @Override
    public List<InboundDesk.Head> inbounds(
            @Nullable Boolean open, @Nullable String location, InboundDesk.@Nullable Name after, int limit) {
        note(open, location, after, limit);
        return inboundHeads;
    }

    @Override
    public Optional<Inbound> inbound(Name name) {
        note(name);
        return inbound;
    }

    @Override
    public List<Difference> differences(Name name) {
        return differences;
    }

    @Override
    public List<TransferDesk.Head> transfers(
            @Nullable Boolean open, @Nullable String location, @Nullable String after, int limit) {
        note(open, location, after, limit);
        return transferHeads;
    }

    @Override
    public Optional<Transfer> transfer(String transferId) {
        return transfer;
    }

    @Override
    public List<Discrepancy> discrepancies(@Nullable Boolean open, @Nullable Document document, long after, int limit) {
        note(open, document, after, limit);
        return found;
    }

    @Override
    public Resolved resolve(long id, String resolution, @Nullable String note, String actor) {
        note(id, resolution, note, actor);
        return resolved;
    }

    @Override
    public CountDesk.Result open(Opening opening) {
        note(opening);
        return result;
    }

    @Override
    public CountDesk.Result enter(long countId, Tallies tallies) {
        note(countId, tallies);
        return result;
    }

    @Override
    public CountDesk.Result post(long countId, String actor) {
        note("post", countId, actor);
        return result;
    }

    @Override
    public CountDesk.Result cancel(long countId, String actor) {
        note("cancel", countId, actor);
        return result;
    }

    @Override
    public Optional<Count> count(long countId) {
        return count;
    }

    @Override
    public List<CountDesk.Head> counts(@Nullable Boolean open, @Nullable String location, long after, int limit) {
        note(open, location, after, limit);
        return countHeads;
    }

    @Override
    public List<Leak> leaks(Duration olderThan, int limit) {
        note(olderThan, limit);
        return leaks;
    }
}
