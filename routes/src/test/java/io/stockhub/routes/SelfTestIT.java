package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.routes.SelfTests.SelfTest;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.selftest.SelfTestDesk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A number goes down by one and comes back, on the ordinary way, whatever happens in between. */
class SelfTestIT {
    private final RoutesFixture hub = new RoutesFixture();
    private SelfTestDesk tests = desk(Map.of());

    @AfterEach
    void close() {
        hub.close();
    }

    private SelfTestDesk desk(Map<String, SelfTestDesk.Plan> plans) {
        return new SelfTestDesk(
                new Channels(List.of(hub.channel)),
                plans,
                channel -> true,
                hub.stock.changedSkus(),
                new JdbcTemplate(hub.dataSource),
                hub.transaction);
    }

    private SelfTest last() {
        return tests.list("shop", 1).orElseThrow().getFirst();
    }

    private void readBack() {
        hub.jdbc
                .sql("update listing set read_back_at = now() where dirty_since is null")
                .update();
        hub.readBack.step();
    }

    private void readOrders() {
        hub.poller.step();
        hub.work();
        hub.jdbc
                .sql("update watermark set applied_until = now() + interval '1 hour', asked_until = now()")
                .update();
    }

    /** Down, read, up, read. */
    private void run() {
        tests.step();
        hub.dispatcher.step();
        tests.step();
        readBack();
        tests.step();
        hub.publish();
        readOrders();
        hub.dispatcher.step();
        tests.step();
        readBack();
        tests.step();
    }

    @Test
    void theChannelIsToldOneLessAndThenTheNumberOfBefore() {
        hub.listed("TEE", 5);
        SelfTest begun = tests.begin("shop", "TEE", "anna").orElseThrow();
        assertThat(begun.stage()).isEqualTo("lowering");
        run();

        assertThat(hub.connectors.told).extracting(told -> told.quantity("TEE")).containsExactly(4L, 5L);
        assertThat(hub.connectors.shows).containsEntry("TEE", 5L);
        assertThat(last()).satisfies(test -> {
            assertThat(test.stage()).isEqualTo("passed");
            assertThat(test.askedBy()).isEqualTo("anna");
            assertThat(List.of(test.before(), test.told())).containsExactly(5L, 4L);
            assertThat(test.lowered()).isNotNull();
            assertThat(test.read()).isNotNull();
            assertThat(test.restored()).isNotNull();
            assertThat(test.readAgain()).isNotNull();
        });
    }

    @Test
    void whatTheLedgerSaysMeanwhileIsWhatIsRestored() {
        hub.listed("TEE", 5);
        tests.begin("shop", "TEE", "anna");
        hub.dispatcher.step();
        tests.step();
        readBack();
        hub.stock("TEE", 2);
        tests.step();
        hub.publish();
        hub.dispatcher.step();
        tests.step();
        readBack();
        tests.step();
        assertThat(hub.connectors.told).extracting(told -> told.quantity("TEE")).containsExactly(4L, 2L);
        assertThat(last().stage()).isEqualTo("passed");
    }

    @Test
    void whoseNumberChangesMeanwhileIsLeftAlone() {
        hub.listed("TEE", 5);
        tests.begin("shop", "TEE", "anna");
        hub.stock("TEE", 9);
        hub.publish();
        tests.step();
        assertThat(last().stage()).isEqualTo("disturbed");
        hub.publish();
        readOrders();
        hub.dispatcher.step();
        assertThat(hub.connectors.shows).containsEntry("TEE", 9L);
    }

    @Test
    void nothingIsLoweredThatIsNotClean() {
        hub.listed("TEE", 5);
        hub.listed("CAP", 0);
        hub.stock("TEE", 4);
        assertThatThrownBy(() -> tests.begin("shop", "TEE", "anna"))
                .as("a change that is not worked out yet")
                .isInstanceOf(IllegalStateException.class);
        hub.publish();
        for (String sku : List.of("TEE", "CAP", "NOBODY-S")) {
            assertThatThrownBy(() -> tests.begin("shop", sku, "anna"))
                    .as(sku)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("expected: above 0, confirmed");
        }
        assertThat(tests.begin("elsewhere", null, "anna")).isEmpty();
    }

    @Test
    void oneTestAtATime() {
        hub.listed("TEE", 5);
        hub.listed("CAP", 5);
        tests.begin("shop", "TEE", "anna");
        assertThatThrownBy(() -> tests.begin("shop", "CAP", "anna")).hasMessageContaining("running already");
        assertThat(hub.jdbc
                        .sql("select wanted from listing where sku = 'CAP'")
                        .query(Long.class)
                        .single())
                .isEqualTo(5);
    }

    @Test
    void unaskedTheSlowestSellerWithMostUnitsIsUsed() {
        hub.listed("FAST", 50);
        hub.listed("FEW", 2);
        hub.listed("MANY", 20);
        hub.jdbc.sql("update listing set demand = 9 where sku = 'FAST'").update();
        assertThat(tests.begin("shop", null, "anna").orElseThrow().sku()).isEqualTo("MANY");
    }

    /** Between any two steps another hub goes on, and the number comes back. */
    @Test
    void aHubThatDiesInTheMiddleLeavesTheRestToAnother() {
        hub.listed("TEE", 5);
        tests.begin("shop", "TEE", "anna");
        tests = desk(Map.of());
        hub.dispatcher.step();
        tests.step();
        tests = desk(Map.of());
        readBack();
        tests.step();
        tests = desk(Map.of());
        hub.publish();
        readOrders();
        hub.elsewhere.step();
        tests.step();
        readBack();
        desk(Map.of()).step();
        assertThat(hub.connectors.shows).containsEntry("TEE", 5L);
        assertThat(last().stage()).isEqualTo("passed");
    }

    @Test
    void aChannelThatAcceptsAndShowsSomethingElseFailsAndGetsItsNumberBack() {
        hub.listed("TEE", 5);
        tests.begin("shop", "TEE", "anna");
        hub.dispatcher.step();
        tests.step();
        hub.jdbc
                .sql(
                        """
                insert into drift (channel, sku, channel_sku, expected, shown, cause, found_by)
                values ('shop', 'TEE', 'TEE', 4, 5, 'lost-update', 'read-back')""")
                .update();
        tests.step();
        assertThat(last().stage()).isEqualTo("failed");
        assertThat(last().failure()).isEqualTo("it showed 5 instead of 4");
        hub.publish();
        readOrders();
        hub.dispatcher.step();
        assertThat(hub.connectors.shows).containsEntry("TEE", 5L);
    }

    @Test
    void whatTakesTooLongFailsAndTheNumberComesBack() {
        hub.listed("TEE", 5);
        tests.begin("shop", "TEE", "anna");
        hub.jdbc
                .sql("update self_test set stage_since = now() - interval '10 hours'")
                .update();
        tests.step();
        assertThat(last().failure()).contains("until it accepted a lower number");
        hub.publish();
        readOrders();
        hub.dispatcher.step();
        assertThat(hub.connectors.told).extracting(told -> told.quantity("TEE")).containsExactly(5L);
    }

    @Test
    void aChannelOfTheSettingsIsTestedWhenItIsDue() {
        hub.listed("TEE", 5);
        tests = desk(Map.of("shop", new SelfTestDesk.Plan("TEE", Duration.ofDays(7))));
        run();
        assertThat(last().stage()).isEqualTo("passed");
        assertThat(last().askedBy()).isEqualTo("schedule");
        tests.step();
        assertThat(tests.list("shop", 9).orElseThrow()).hasSize(1);
        hub.jdbc
                .sql("update self_test set begun_at = now() - interval '7 days'")
                .update();
        tests.step();
        assertThat(tests.list("shop", 9).orElseThrow()).hasSize(2);
    }

    @Test
    void whatCannotBeTestedForADayIsSaid() {
        tests = desk(Map.of("shop", new SelfTestDesk.Plan("GONE", Duration.ofDays(7))));
        tests.step();
        assertThat(tests.list("shop", 9).orElseThrow()).isEmpty();
        hub.jdbc.sql("update watch set due_at = now() - interval '25 hours'").update();
        tests.step();
        assertThat(last().stage()).isEqualTo("failed");
        assertThat(last().failure()).startsWith("GONE has no number at shop");
    }
}
