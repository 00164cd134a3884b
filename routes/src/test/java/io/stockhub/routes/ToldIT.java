package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.routes.ChannelDesk.Told;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** What a channel was told is kept: each change once, in the transaction that made it. */
class ToldIT {
    private final RoutesFixture hub = new RoutesFixture();

    @AfterEach
    void close() {
        hub.close();
    }

    private Instant now() {
        return hub.listings.now();
    }

    private List<String> log(String sku) {
        return hub.jdbc
                .sql("select wanted || ' ' || coalesce(sent::text, '-') || ' ' || coalesce(confirmed::text, '-')"
                        + " from listing_log where sku = ? order by log_id")
                .param(sku)
                .query(String.class)
                .list();
    }

    @Test
    void eachMomentSaysWhatTheChannelHadBeenToldByThen() {
        Instant before = now();
        hub.listed("TEE", 5);
        Instant five = now();
        hub.stock("TEE", 3);
        hub.publish();
        Instant wanted = now();
        hub.dispatcher.step();
        Instant three = now();

        assertThat(log("TEE")).containsExactly("5 - -", "5 5 -", "5 5 5", "3 5 5", "3 3 5", "3 3 3");
        assertThat(hub.desk.told("TEE", before)).isEmpty();
        assertThat(hub.desk.told("TEE", five)).containsExactly(new Told("shop", 5, 5L, 5L));
        assertThat(hub.desk.told("TEE", wanted)).containsExactly(new Told("shop", 3, 5L, 5L));
        assertThat(hub.desk.told("TEE", three)).containsExactly(new Told("shop", 3, 3L, 3L));
    }

    @Test
    void theSameNumberSentAgainIsNoNews() {
        hub.listed("TEE", 5);
        List<String> before = log("TEE");

        hub.desk.sync("shop");
        hub.dispatcher.step();
        hub.dispatcher.sendNow("TEE");

        assertThat(hub.connectors.told).as("it was sent again").isNotEmpty();
        assertThat(log("TEE")).isEqualTo(before);
    }

    @Test
    void anItemThatLostItsNameIsGoneFromThereOn() {
        hub.listed("TEE", 5);
        Instant old = now();
        hub.sku("TEE", "NEW-NAME");
        hub.stock("TEE", 4);
        hub.publish();

        assertThat(hub.desk.told("TEE", old)).containsExactly(new Told("shop", 5, 5L, 5L));
        assertThat(hub.desk.told("TEE", now())).containsExactly(new Told("shop", 4, null, null));
    }

    @Test
    void aNumberThatWasNotWrittenIsNotInTheLogEither() {
        hub.listed("TEE", 5);
        List<String> before = log("TEE");
        hub.stock("TEE", 2);
        hub.dataSource.breakOnce("update listing l set wanted = 0");

        assertThatThrownBy(hub.publisher::step).isInstanceOf(DataAccessException.class);

        assertThat(hub.dataSource.allMet()).isTrue();
        assertThat(log("TEE")).as("the new number went with its transaction").isEqualTo(before);
        hub.publish();
        assertThat(log("TEE")).hasSize(before.size() + 1);
    }
}
