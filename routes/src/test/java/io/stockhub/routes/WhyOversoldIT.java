package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.routes.Oversells.Cause;
import io.stockhub.routes.Oversells.Event;
import io.stockhub.routes.Oversells.Line;
import io.stockhub.routes.Oversells.Story;
import io.stockhub.routes.oversell.OversellStories;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The story of an order, from what is in the database. */
class WhyOversoldIT {
    private final RoutesFixture hub = new RoutesFixture();
    private final Oversells oversells = new OversellStories(hub.jdbc);

    @AfterEach
    void close() {
        hub.close();
    }

    private void order(String orderRef, String line, Instant placed) {
        String json = CanonicalOrder.open(orderRef, line).json().replace("2026-03-14T10:00:00Z", placed.toString());
        hub.inbox.add(RoutesFixture.message("m-" + orderRef, orderRef, json));
        hub.work();
    }

    private Line only(String orderRef) {
        List<Story> stories = oversells.why(orderRef, null);
        assertThat(stories).hasSize(1);
        assertThat(stories.getFirst().lines()).hasSize(1);
        return stories.getFirst().lines().getFirst();
    }

    @Test
    void anOrderThatWasThereHasNoCauses() {
        hub.listed("MUG", 5);
        order("1001", "MUG*2", hub.watermarks.now());
        assertThat(only("1001").shortBy()).isZero();
        assertThat(only("1001").causes()).isEmpty();
        assertThat(oversells.why("1001", "other")).isEmpty();
        assertThat(oversells.why("none", null)).isEmpty();
    }

    @Test
    void theLastUnitThatATillTookIsNamedWithTheNumberThatHadNotLeft() {
        hub.listed("MUG", 1);
        Slices.till(hub, "T-1", "MUG", 1);
        hub.publish();
        order("1001", "MUG*1", hub.watermarks.now());

        Line line = only("1001");

        assertThat(line.shortBy()).isEqualTo(1);
        assertThat(line.stillShort()).isEqualTo(1);
        assertThat(line.causes()).extracting(Cause::code).containsExactly("number-not-sent-yet", "sold-elsewhere");
        assertThat(line.causes().getLast().text()).contains("order T-1 of till took 1");
        assertThat(line.events())
                .extracting(Event::text)
                .containsSubsequence(
                        "It accepted 1.",
                        "1 were taken: order of till T-1.",
                        "shop should show 0.",
                        "The order was placed at shop.",
                        "It reached the hub.",
                        "It was taken: 1 asked for, 1 short.");
    }

    @Test
    void aShortageIsToldAlsoAfterItWasMadeGood() {
        hub.listed("MUG", 1);
        Slices.till(hub, "T-1", "MUG", 1);
        order("1001", "MUG*1", hub.watermarks.now());
        hub.jdbc.sql("update reservation_line set backordered = 0").update();
        assertThat(only("1001").shortBy()).isEqualTo(1);
        assertThat(only("1001").stillShort()).isZero();
    }

    @Test
    void anOrderThatWaitedForAnAliasSaysSo() {
        hub.listed("MUG", 1);
        Instant placed = hub.watermarks.now();
        order("1001", "CUP*1", placed);
        hub.sku("MUG", "MUG", "CUP");
        Slices.till(hub, "T-1", "MUG", 1);
        hub.jdbc
                .sql(
                        "update inbox set received_at = received_at - interval '1 hour', state = 'received', next_attempt_at = now(),"
                                + " history = replace(history::text, to_char(now(), 'YYYY-MM-DD'), '2026-03-14')::jsonb")
                .update();
        hub.work();

        assertThat(only("1001").causes().getFirst().code()).isEqualTo("order-could-not-be-taken");
        assertThat(only("1001").causes().getFirst().fault()).isEqualTo(Oversells.Fault.MAPPING);
    }

    @Test
    void aBundleIsJudgedByWhatTookItsComponents() {
        hub.sku("MUG");
        hub.sku("PAIR");
        hub.jdbc
                .sql("insert into sku_component (sku, component, quantity) values ('PAIR', 'MUG', 2)")
                .update();
        hub.connectors.shows.put("PAIR", 0L);
        hub.connectors.shows.put("MUG", 0L);
        hub.stock("MUG", 3);
        hub.publish();
        hub.dispatcher.step();
        Slices.till(hub, "T-1", "MUG", 2);
        order("1001", "PAIR*1", hub.watermarks.now());

        Line line = only("1001");

        assertThat(line.shortBy()).isEqualTo(1);
        assertThat(line.causes()).extracting(Cause::text).anyMatch(text -> text.contains("order T-1 of till took 2"));
    }
}
