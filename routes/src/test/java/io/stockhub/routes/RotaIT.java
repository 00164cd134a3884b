package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.routes.ChannelDesk.DriftFilter;
import io.stockhub.routes.reconcile.IncidentWatch;
import io.stockhub.routes.reconcile.Incidents;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is read next goes by risk, an incident has everything read once more, and a channel is proven up to a time. */
class RotaIT {
    private final RoutesFixture hub = new RoutesFixture(TestChannel.plain().overwriting());
    private long nanos;

    @AfterEach
    void stopHub() {
        hub.close();
    }

    /** Listings that were proven a day ago and are quiet. */
    private void many(int count) {
        hub.jdbc
                .sql(
                        """
                        insert into listing (channel, sku, channel_sku, wanted, expected, confirmed, confirmed_at, verified_at,
                          proven_at, read_at, read_back_at)
                        select 'shop', 'S-' || n, 'S-' || n, 5, 5, 5, now() - interval '2 days', now() - interval '1 day',
                          now() - interval '1 day', now() - interval '1 day', now() - interval '1 hour'
                        from generate_series(1, ?) n""")
                .param(count)
                .update();
        for (int i = 1; i <= count; i++) {
            hub.connectors.shows.put("S-" + i, 5L);
        }
    }

    private void readAll() {
        hub.jdbc
                .sql("update listing set read_back_at = now() where read_back_at is not null")
                .update();
        hub.readBack.step();
    }

    private ChannelDesk.Health health() {
        return hub.desk.health().getFirst();
    }

    private long suspect() {
        return hub.number("select count(*) from channel_incident where suspect_since is not null");
    }

    private IncidentWatch watch() {
        return new IncidentWatch("shop", new Incidents(hub.jdbc), () -> hub.breaker, () -> nanos);
    }

    @Test
    void whatIsHotDoesNotWaitForTheQuietHoweverLongTheyWaited() {
        many(100);
        hub.jdbc
                .sql("update listing set risk = 1, read_back_at = now() where sku = 'S-77'")
                .update();
        hub.readBack.step();
        assertThat(hub.connectors.read.getFirst()).contains("S-77").hasSize(10);
    }

    @Test
    void theQuietHaveTheirTurnHoweverManyAreHot() {
        many(200);
        hub.jdbc.sql("update listing set risk = 1 where sku <> 'S-77'").update();
        for (int i = 0; i < 12; i++) {
            hub.readBack.step();
        }
        assertThat(hub.connectors.read.stream().flatMap(List::stream)).contains("S-77");
    }

    @Test
    void whatSellsFastIsReadAgainSoon() {
        hub.listed("MUG", 10);
        hub.listed("CAP", 10);
        hub.jdbc.sql("update listing set demand = 6 where sku = 'MUG'").update();
        readAll();
        assertThat(hub.text("select string_agg(sku || ' ' || risk, ' ' order by sku) from listing"))
                .isEqualTo("CAP 4 MUG 1");
        assertThat(hub.number("select count(*) from listing where read_back_at > now() + interval '20 minutes'"))
                .isEqualTo(1);
    }

    @Test
    void aReadingTakesItsShareOfTheCallsAndNoMore() {
        many(20);
        assertThat(hub.readBack.step()).as("10 calls a second, a tenth of them").isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void everythingIsReadOnceMoreWhenSomebodyAsks() {
        many(25);
        hub.jdbc
                .sql("update listing set read_back_at = now() + interval '1 day'")
                .update();
        hub.readBack.step();
        assertThat(hub.connectors.read).isEmpty();
        assertThat(hub.decisions.reading("nowhere")).isEmpty();
        assertThat(hub.desk.readBack("shop")).contains(25L);
        assertThat(hub.decisions.reading("shop").orElseThrow().toRead()).isEqualTo(25);
        hub.readBack.step();
        assertThat(hub.decisions.reading("shop").orElseThrow().toRead()).isEqualTo(15);
        for (int i = 0; i < 5; i++) {
            hub.readBack.step();
        }
        assertThat(hub.connectors.read.stream().flatMap(List::stream))
                .doesNotHaveDuplicates()
                .hasSize(25);
        assertThat(hub.decisions.reading("shop").orElseThrow().why()).isEqualTo("asked");
    }

    @Test
    void anItemThatCannotBeReadDoesNotKeepTheOthersFromIt() {
        many(25);
        hub.jdbc
                .sql("update listing set read_back_at = now() + interval '1 day'")
                .update();
        hub.desk.readBack("shop");
        hub.connectors.beforeNextRead(() -> {
            throw ScriptedConnectors.failure(io.stockhub.connectors.Failure.Kind.TRANSIENT, "channel.unavailable");
        });
        hub.readBack.step();
        List<String> failed = hub.connectors.read.getFirst();
        hub.readBack.step();
        assertThat(hub.connectors.read.get(1)).doesNotContainAnyElementsOf(failed);
    }

    @Test
    void aBreakerThatClosesMakesEverythingSuspect() {
        IncidentWatch watch = watch();
        hub.breaker = "open";
        watch.look();
        assertThat(suspect()).isZero();
        hub.breaker = "closed";
        watch.look();
        assertThat(hub.text("select why from channel_incident")).isEqualTo("breaker");
    }

    @Test
    void settingsThatAreAcceptedAgainMakeEverythingSuspect() {
        IncidentWatch watch = watch();
        hub.jdbc
                .sql("insert into channel_state (channel, paused_since) values ('shop', now())")
                .update();
        watch.look();
        hub.jdbc.sql("update channel_state set paused_since = null").update();
        watch.look();
        assertThat(suspect()).as("looked at a moment ago").isZero();
        nanos += Duration.ofSeconds(11).toNanos();
        watch.look();
        assertThat(hub.text("select why from channel_incident")).isEqualTo("settings");
    }

    @Test
    void aHubThatWasDownFindsEverythingSuspect() {
        watch().look();
        watch().look();
        assertThat(suspect()).isZero();
        hub.jdbc
                .sql("update channel_incident set alive_at = now() - interval '2 minutes'")
                .update();
        watch().look();
        assertThat(hub.text("select why from channel_incident")).isEqualTo("hub-was-down");
    }

    @Test
    void manyRefusedNumbersMakeEverythingSuspectOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(suspect()).isZero();
            hub.listed("M-" + i, 5);
            hub.connectors.nextAnswers(io.stockhub.connectors.QuantityResult.Outcome.REJECTED, "channel.rejected");
            hub.stock("M-" + i, 4);
            hub.publish();
            hub.dispatcher.step();
            watch().look();
        }
        assertThat(hub.text("select why from channel_incident")).isEqualTo("dead-letters");
        String since = hub.text("select suspect_since::text from channel_incident");
        watch().look();
        assertThat(hub.text("select suspect_since::text from channel_incident")).isEqualTo(since);
    }

    @Test
    void aChannelIsProvenUpToItsOldestProof() {
        hub.listed("MUG", 10);
        hub.listed("CAP", 3);
        assertThat(health().provenUntil()).isNull();
        assertThat(health().neverProven()).isEqualTo(2);
        readAll();
        assertThat(health().neverProven()).isZero();
        hub.jdbc
                .sql("update listing set proven_at = '2026-03-14T10:00:00Z' where sku = 'CAP'")
                .update();
        assertThat(health().provenUntil()).isEqualTo("2026-03-14T10:00:00Z");
    }

    @Test
    void whatNothingExplainsYetProvesNothing() {
        hub.listed("MUG", 10);
        readAll();
        hub.jdbc.sql("update listing set proven_at = '2026-03-14T10:00:00Z'").update();
        hub.connectors.shows.put("MUG", 4L);
        readAll();
        assertThat(hub.desk.drifts(new DriftFilter("shop", null, true), null, 10))
                .hasSize(1);
        assertThat(health().provenUntil()).isEqualTo("2026-03-14T10:00:00Z");
    }
}
