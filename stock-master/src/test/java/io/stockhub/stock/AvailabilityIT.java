package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.availability.ChangedSkus;
import io.stockhub.stock.availability.Derivation;
import io.stockhub.stock.availability.Expected;
import io.stockhub.stock.availability.Promise;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AvailabilityIT {
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    private AvailabilityFixture hub;

    @BeforeEach
    void start() {
        hub = new AvailabilityFixture();
        List.of("TEE", "MUG", "SET", "GIFT", "KIT").forEach(hub.stock::sku);
        hub.changed();
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
    }

    private void move(MovementKind kind, MoveDetails details, String reference, Command.Line... lines) {
        Answer answer = hub.stock.master.execute(
                new Command.Move(kind, "NORTH", reference, null, null, "tester", null, details, List.of(lines)));
        assertThat(answer).isInstanceOf(Answer.Moved.class);
    }

    @Test
    void everyUnitOnHandIsAccountedForInTheReasons() {
        hub.stock.receive("TEE", "NORTH", 30);
        hub.stock.held(hub.stock.master.execute(
                hub.stock.order("1001", Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 3))));
        long second = hub.stock
                .held(hub.stock.master.execute(
                        hub.stock.order("1002", Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 2))))
                .reservationId();
        hub.stock.master.execute(new Command.Pick(second, "tester", null, List.of()));
        move(MovementKind.DAMAGE, MoveDetails.NONE, "D-1", new Command.Line("TEE", 1));
        move(MovementKind.BLOCK, MoveDetails.holder("ACME"), "B-1", new Command.Line("TEE", 4));
        Derivation why = hub.desk.why("TEE", "bay").orElseThrow();
        assertThat(why.ats()).isEqualTo(19).isEqualTo(hub.ats("TEE", "bay"));
        assertThat(lines(why.tree()))
                .containsExactly(
                        "19 available to sell on bay",
                        "20 at NORTH",
                        "30 on hand at NORTH",
                        "-4 blocked [for ACME]",
                        "-1 damaged",
                        "-2 picked [shop 1002]",
                        "-3 reserved for orders [shop 1001]",
                        "0 at SOUTH",
                        "-1 buffer of bay");
    }

    private static List<String> lines(Derivation.Node node) {
        List<String> lines = new ArrayList<>();
        lines.add(node.quantity() + " " + node.title() + (node.notes().isEmpty() ? "" : " " + node.notes()));
        node.children().forEach(child -> lines.addAll(lines(child)));
        return lines;
    }

    @Test
    void atMostTenOrdersAreNamed() {
        hub.stock.receive("TEE", "NORTH", 30);
        for (int i = 0; i < 12; i++) {
            hub.stock.held(hub.stock.master.execute(
                    hub.stock.order("o" + i, Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 1))));
        }
        Derivation why = hub.desk.why("TEE", "web").orElseThrow();
        Derivation.Node reserved = why.tree().children().getFirst().children().get(1);
        assertThat(reserved.quantity()).isEqualTo(-12);
        assertThat(reserved.notes()).hasSize(10).first().isEqualTo("shop o11");
    }

    @Test
    void poolsAndExpiredLotsAreKeptApart() {
        assertThat(hub.rules.apply("pools: {markets: {channels: [bay]}}", "anna", null, null))
                .isInstanceOf(io.stockhub.stock.availability.RulesDesk.Outcome.Applied.class);
        hub.sql(
                "insert into lot (sku, lot, expiry) values ('TEE', 'OLD', ?), ('TEE', 'LAST', ?)",
                TODAY.minusDays(1),
                TODAY);
        hub.units("TEE", "NORTH", "available", "OLD", "", 5);
        hub.units("TEE", "NORTH", "available", "LAST", "", 7);
        hub.units("TEE", "NORTH", "available", "", "markets", 3);
        hub.units("TEE", "NORTH", "expected", "", "", 99);
        assertThat(hub.ats("TEE", "web")).isEqualTo(7);
        assertThat(hub.ats("TEE", "bay")).isEqualTo(9);
        assertThat(lines(hub.desk.why("TEE", "web").orElseThrow().tree()))
                .contains("15 on hand at NORTH", "-5 expired lots [lot OLD]", "-3 protected for pool markets");
    }

    @Test
    void bundlesAreMadeOfWhatTheirComponentsHoldNestedOnesToo() {
        hub.component("SET", "TEE", 2);
        hub.component("SET", "MUG", 1);
        hub.component("GIFT", "SET", 2);
        hub.component("GIFT", "MUG", 1);
        hub.component("KIT", "TEE", 1);
        hub.sql("update sku set assembled = true where sku = 'KIT'");
        hub.stock.receive("TEE", "NORTH", 9);
        hub.stock.receive("MUG", "SOUTH", 5);
        hub.units("KIT", "NORTH", "available", "", "", 6);
        assertThat(hub.ats("SET", "web")).isEqualTo(4);
        assertThat(hub.ats("GIFT", "web")).isEqualTo(1);
        assertThat(hub.ats("KIT", "web")).isEqualTo(6);
        Derivation why = hub.desk.why("GIFT", "web").orElseThrow();
        assertThat(why.scarcest()).isEqualTo("MUG");
        assertThat(why.components()).extracting(Derivation.Component::perUnit).containsExactly(3L, 4L);
    }

    @Test
    void aBundleHasChangedWhenAComponentOfItHas() {
        hub.component("SET", "TEE", 2);
        hub.component("GIFT", "SET", 1);
        hub.component("KIT", "TEE", 1);
        hub.sql("update sku set assembled = true where sku = 'KIT'");
        hub.stock.receive("TEE", "NORTH", 9);
        List<ChangedSkus.Changed> news = hub.news();
        assertThat(news).extracting(ChangedSkus.Changed::sku).containsExactly("GIFT", "SET", "TEE");
        assertThat(news)
                .extracting(ChangedSkus.Changed::since)
                .containsOnly(news.getFirst().since());
        assertThat(hub.changed()).isEmpty();
    }

    @Test
    void whatDoesNotExistHasNoNumber() {
        assertThat(hub.desk.why("NOPE", "web")).isEmpty();
        assertThat(hub.desk.why("TEE", "nope")).isEmpty();
        assertThat(hub.desk.promise("TEE", "nope")).isEmpty();
        assertThat(hub.desk.ats(List.of("NOPE"))).isEmpty();
        assertThat(hub.ats("TEE", "web")).isZero();
    }

    @Test
    void theLedgerDoesNotWaitForWhoIsPublishing() throws Exception {
        hub.stock.receive("TEE", "NORTH", 1);
        try (Connection publisher = hub.stock.dataSource.getConnection()) {
            publisher.setAutoCommit(false);
            assertThat(hub.changedSkus.take(publisher, 10)).hasSize(1);
            CompletableFuture<Answer> receipt =
                    CompletableFuture.supplyAsync(() -> hub.stock.receive("TEE", "NORTH", 1));
            assertThat(receipt.get(30, TimeUnit.SECONDS)).isInstanceOf(Answer.Moved.class);
            publisher.commit();
        }
        assertThat(hub.changed()).containsExactly("TEE");
    }

    @Test
    void anOlderReadingIsNeverActedOnAfterANewerOne() throws Exception {
        hub.stock.receive("TEE", "NORTH", 1);
        CompletableFuture<Long> later;
        try (Connection first = hub.stock.dataSource.getConnection()) {
            first.setAutoCommit(false);
            assertThat(hub.changedSkus.take(first, 10)).hasSize(1);
            hub.stock.receive("TEE", "NORTH", 1);
            later = CompletableFuture.supplyAsync(this::readAsAnotherHub);
            while (hub.number("select count(*) from pg_locks where not granted") == 0) {
                assertThat(later).as("must wait for the first hub").isNotDone();
                Thread.onSpinWait();
            }
            assertThat(hub.changedSkus
                            .available(first, List.of("TEE"))
                            .get("TEE")
                            .locations())
                    .isNotEmpty();
            hub.stock.receive("TEE", "NORTH", 1);
            first.commit();
        }
        assertThat(later.get(30, TimeUnit.SECONDS)).isEqualTo(3);
    }

    private long readAsAnotherHub() {
        try (Connection connection = hub.stock.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            hub.changedSkus.take(connection, 1);
            long ats = hub.changedSkus
                    .rules(connection)
                    .ats(
                            "web",
                            hub.changedSkus
                                    .available(connection, List.of("TEE"))
                                    .get("TEE"));
            connection.commit();
            return ats;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void manyChangesTakeABoundedNumberOfLocks() throws Exception {
        hub.sql("insert into sku (sku, title) select 'S' || n, 'S' from generate_series(1, 3000) n");
        hub.sql("insert into changed_sku (sku, movement_id, changed_at) select sku, 0, now() from sku");
        try (Connection publisher = hub.stock.dataSource.getConnection()) {
            publisher.setAutoCommit(false);
            assertThat(hub.changedSkus.take(publisher, 5_000)).hasSize(3_005);
            assertThat(hub.number("select count(*) from pg_locks where locktype = 'advisory'"))
                    .isLessThanOrEqualTo(256);
        }
    }

    @Test
    void aLotThatExpiresOvernightIsNewsOnce() {
        hub.sql(
                "insert into lot (sku, lot, expiry) values ('TEE', 'A', ?), ('MUG', 'B', ?)",
                TODAY.minusDays(1),
                TODAY);
        assertThat(hub.changed()).isEmpty();
        hub.sql("update expiry_watch set seen_until = ?", TODAY.minusDays(1));
        assertThat(hub.changed()).containsExactly("TEE");
        assertThat(hub.changed()).isEmpty();
    }

    @Test
    void aLocationThatAMarketplaceRunsIsSoldByThatChannelAlone() {
        hub.stock.receive("TEE", "SOUTH", 10);
        hub.sql("update location set kind = 'marketplace', managed_by = 'bay' where location_id = 'SOUTH'");
        assertThat(hub.ats("TEE", "web")).isZero();
        assertThat(hub.ats("TEE", "bay")).isEqualTo(9);
        assertThat(hub.rules.check("channels: {web: {locations: [SOUTH]}}")).hasSize(1);
        assertThat(hub.rules.check("channels: {bay: {locations: [SOUTH]}}")).isEmpty();
    }

    @Test
    void announcedGoodsAndTransfersArePromisedAfterWhatOrdersWaitFor() {
        hub.component("SET", "TEE", 2);
        hub.stock.receive("MUG", "NORTH", 3);
        Instant inTwoDays = Instant.now().plus(Duration.ofDays(2));
        Instant inFiveDays = Instant.now().plus(Duration.ofDays(5));
        move(MovementKind.EXPECT, MoveDetails.expectedAt(inFiveDays), "PO-9", new Command.Line("TEE", 20));
        move(MovementKind.TRANSFER_SHIP, MoveDetails.to("SOUTH", inTwoDays), "T-1", new Command.Line("MUG", 2));
        hub.stock.held(hub.stock.master.execute(
                hub.stock.order("1001", Command.Policy.BACKORDER, new Command.Line("TEE", 3))));
        hub.stock.held(hub.stock.master.execute(
                hub.stock.order("1002", Command.Policy.BACKORDER, new Command.Line("SET", 2))));
        Promise tee = hub.desk.promise("TEE", "web").orElseThrow();
        assertThat(tee.backordered()).containsEntry("TEE", 7L);
        assertThat(tee.steps())
                .containsExactly(
                        new Promise.Step(TODAY, 0),
                        new Promise.Step(LocalDate.ofInstant(inFiveDays, ZoneOffset.UTC), 13));
        assertThat(tee.counted()).extracting(Expected::reference).containsExactly("PO-9");
        Promise mug = hub.desk.promise("MUG", "bay").orElseThrow();
        assertThat(mug.steps())
                .containsExactly(
                        new Promise.Step(TODAY, 0),
                        new Promise.Step(LocalDate.ofInstant(inTwoDays, ZoneOffset.UTC), 2));
        assertThat(mug.counted()).extracting(Expected::location).containsExactly("SOUTH");
    }
}
