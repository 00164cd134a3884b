package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.stock.availability.Finding;
import io.stockhub.stock.availability.RulesDesk;
import io.stockhub.stock.availability.RulesDesk.Change;
import io.stockhub.stock.availability.RulesDesk.Outcome;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RulesIT {
    private static final String FIRST = "channels: {web: {buffer: 2}}\n";
    private static final String SECOND = "channels: {web: {cap: 4}}\n";

    private AvailabilityFixture hub;

    @BeforeEach
    void start() {
        hub = new AvailabilityFixture();
        hub.stock.sku("TEE");
        hub.aliased("MUG");
        hub.stock.receive("TEE", "NORTH", 10);
        hub.stock.receive("MUG", "SOUTH", 3);
        hub.changed();
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
    }

    private RulesDesk.Version applied(String document) {
        Outcome outcome = hub.rules.apply(document, "paul", "for summer", null);
        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
        return ((Outcome.Applied) outcome).version();
    }

    @Test
    void withoutRulesTheSettingsHold() {
        assertThat(hub.rules.current()).isEmpty();
        assertThat(hub.rules.history(null, 10)).isEmpty();
        assertThat(hub.ats("TEE", "web")).isEqualTo(10);
        assertThat(hub.ats("TEE", "bay")).isEqualTo(9);
    }

    @Test
    void anAppliedDocumentHoldsAndEveryChannelIsTold() {
        RulesDesk.Version version = applied(FIRST);
        assertThat(version.version()).isEqualTo(1);
        assertThat(version.document()).isEqualTo(FIRST);
        assertThat(version.appliedBy()).isEqualTo("paul");
        assertThat(version.comment()).isEqualTo("for summer");
        assertThat(hub.rules.current()).contains(version);
        assertThat(hub.ats("TEE", "web")).isEqualTo(8);
        assertThat(hub.desk.why("TEE", "web").orElseThrow().rulesVersion()).isEqualTo(1);
        assertThat(hub.changed()).containsExactly("MUG", "TEE");
        assertThat(hub.told).hasValue(1);
    }

    @Test
    void theSameDocumentAgainIsNoNewVersion() {
        applied(FIRST);
        hub.changed();
        assertThat(hub.rules.apply(FIRST.replace("\n", "\r\n"), "otto", null, null))
                .isInstanceOf(Outcome.Unchanged.class);
        assertThat(hub.rules.history(null, 10)).hasSize(1);
        assertThat(hub.changed()).isEmpty();
        assertThat(hub.told).hasValue(1);
    }

    @Test
    void aRollbackIsAVersionOfItsOwn() {
        applied(FIRST);
        applied(SECOND);
        applied(hub.rules.version(1).orElseThrow().document());
        assertThat(hub.rules.history(null, 2))
                .extracting(RulesDesk.Entry::version)
                .containsExactly(3L, 2L);
        assertThat(hub.rules.history(2L, 10))
                .extracting(RulesDesk.Entry::version)
                .containsExactly(1L);
        assertThat(hub.rules.version(4)).isEmpty();
        assertThat(hub.ats("TEE", "web")).isEqualTo(8);
    }

    @Test
    void aPlanThatIsOldIsNotApplied() {
        long planned = hub.rules.plan(SECOND, 10).version();
        applied(FIRST);
        assertThat(hub.rules.apply(SECOND, "otto", null, planned)).isEqualTo(new Outcome.Moved(1));
        assertThat(hub.rules.history(null, 10)).hasSize(1);
        assertThat(hub.rules.apply(SECOND, "otto", null, 1L)).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void whoAppliesWaitsForWhoIsApplyingAndThenSeesIt() throws Exception {
        CompletableFuture<Outcome> second;
        try (Connection first = hub.stock.dataSource.getConnection();
                Statement statement = first.createStatement()) {
            first.setAutoCommit(false);
            statement.execute("lock table rule_set in share row exclusive mode");
            statement.execute("insert into rule_set values (1, '{}', '', 'anna', now(), null)");
            second = CompletableFuture.supplyAsync(() -> hub.rules.apply(FIRST, "paul", null, 0L));
            while (hub.number("select count(*) from pg_locks where not granted") == 0) {
                assertThat(second).as("must wait for the first").isNotDone();
                Thread.onSpinWait();
            }
            first.commit();
        }
        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(new Outcome.Moved(1));
    }

    @Test
    void aWrongDocumentIsRefusedWithAllFindingsAndChangesNothing() {
        String wrong = "channels:\n  web: {floor: -1}\n  nope: {}\n";
        List<Finding> findings = hub.rules.check(wrong);
        assertThat(findings).extracting(Finding::line).containsExactly(2, 3);
        assertThat(hub.rules.apply(wrong, "paul", null, null)).isEqualTo(new Outcome.Refused(findings));
        assertThat(hub.rules.plan(wrong, 10).findings()).isEqualTo(findings);
        assertThat(hub.rules.current()).isEmpty();
        assertThat(hub.changed()).isEmpty();
    }

    @Test
    void aPlanSaysWhatWillBeAndTouchesNothing() {
        String document = "channels:\n  web: {cap: 4}\n  bay: {buffer: 9}\n";
        RulesDesk.Plan plan = hub.rules.plan(document, 10);
        assertThat(plan.changes()).containsExactly(new Change("MUG", "bay", 2, 0), new Change("TEE", "web", 10, 4));
        assertThat(plan.changed()).isEqualTo(2);
        assertThat(plan.lower()).isEqualTo(2);
        assertThat(plan.toZero()).isEqualTo(1);
        assertThat(plan.unchanged()).as("MUG on web; TEE has no name at bay").isEqualTo(1);
        assertThat(hub.ats("TEE", "web")).isEqualTo(10);
        assertThat(hub.changed()).isEmpty();
        applied(document);
        for (Change change : plan.changes()) {
            assertThat(hub.ats(change.sku(), change.channel())).isEqualTo(change.then());
        }
    }

    @Test
    void aPlanSaysHowManySkusWouldBeSharedInAnotherWay() {
        assertThat(hub.rules.plan("selling: {skus: {TEE: escrow}}", 10).resold())
                .isEqualTo(1);
        applied("selling: {policy: auto}");
        assertThat(hub.rules.plan("selling: {policy: auto}", 10).resold()).isZero();
        assertThat(hub.rules.plan("{}", 10).resold()).as("all of them").isEqualTo(2);
    }

    @Test
    void aLongPlanIsCutAndCountedInFull() {
        hub.sql("insert into sku (sku, title) select 'S' || n, 'S' from generate_series(1, 4100) n");
        hub.sql("insert into account (sku, location, state, quantity) select sku, 'NORTH', 'available', 7 from sku"
                + " where sku like 'S%'");
        RulesDesk.Plan plan = hub.rules.plan(SECOND, 3);
        assertThat(plan.changes()).hasSize(3);
        assertThat(plan.changed()).isEqualTo(4_101);
        assertThat(plan.unchanged()).isEqualTo(2);
    }

    @Test
    void aCommentHasItsBounds() {
        assertThatThrownBy(() -> hub.rules.apply(FIRST, "paul", "x".repeat(251), null))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessageContaining("comment");
    }

    @Test
    void rulesOfAChannelOrLocationThatIsGoneHurtNobody() {
        hub.stock.catalogue.put(new Catalogue.Location("EAST", "East", "warehouse", null, null, null, 3));
        applied("channels: {web: {locations: [NORTH, EAST]}, bay: {cap: 1}}");
        hub.sql("delete from location where location_id = 'EAST'");
        assertThat(hub.ats("TEE", "web")).isEqualTo(10);
    }
}
