package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.routes.inbox.InboxMessage;
import io.stockhub.routes.kafka.KafkaIntake;
import io.stockhub.routes.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;

/** A record is in the inbox before its offset is, and never the other way round. */
@Timeout(60)
class KafkaIntakeIT {
    private static final KafkaSettings SETTINGS = new KafkaSettings(
            "nowhere:9092",
            "stockhub",
            "/stockhub",
            "stockhub",
            Map.of(),
            List.of(new KafkaSettings.Inbound("till", "shop", InboxMessage.Flow.ORDERS_IN)));

    private RoutesFixture hub;
    private KafkaIntake intake;
    private final List<String> offsets = new ArrayList<>();

    @BeforeEach
    void startHub() {
        hub = new RoutesFixture();
        intake = new KafkaIntake(SETTINGS, hub.inbox, () -> {});
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private Exchange record(long offset, String body, String... headers) {
        Exchange exchange = new DefaultExchange(hub.camel);
        RecordHeaders kafka = new RecordHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            kafka.add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        exchange.getMessage().setHeader(KafkaConstants.TOPIC, "till");
        exchange.getMessage().setHeader(KafkaConstants.PARTITION, 0);
        exchange.getMessage().setHeader(KafkaConstants.OFFSET, offset);
        exchange.getMessage().setHeader(KafkaConstants.HEADERS, kafka);
        KafkaManualCommit commit =
                () -> offsets.add(offset + " with " + hub.number("select count(*) from inbox") + " in the inbox");
        exchange.getMessage().setHeader(KafkaConstants.MANUAL_COMMIT, commit);
        exchange.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8));
        return exchange;
    }

    @Test
    void theRowIsCommittedBeforeTheOffset() throws Exception {
        intake.process(record(7, CanonicalOrder.open("T-1", "MUG*1").json()));
        assertThat(offsets).containsExactly("7 with 1 in the inbox");
        assertThat(hub.text("select source || ' ' || message_id || ' ' || lane || ' ' || mapping from inbox"))
                .isEqualTo("shop till-0-7 T-1 canonical/order");
    }

    @Test
    void whileTheDatabaseDoesNotTakeItARecordIsTriedAgainAndItsOffsetWaits() throws Exception {
        hub.dataSource.breakOnce("insert into inbox");
        intake.process(record(7, CanonicalOrder.open("T-1", "MUG*1").json()));
        assertThat(hub.dataSource.allMet()).isTrue();
        assertThat(offsets).containsExactly("7 with 1 in the inbox");
    }

    @Test
    void aHubThatStopsMeanwhileCommitsNoOffset() {
        hub.dataSource.breakOnce("insert into inbox");
        intake.close();
        assertThatThrownBy(() -> intake.process(
                        record(7, CanonicalOrder.open("T-1", "MUG*1").json())))
                .isInstanceOf(DataAccessException.class);
        assertThat(offsets).isEmpty();
    }

    @Test
    void aRecordThatComesAgainIsOneMessage() throws Exception {
        String order = CanonicalOrder.open("T-1", "MUG*1").json();
        intake.process(record(7, order));
        intake.process(record(7, order));
        assertThat(hub.states()).hasSize(1);
        assertThat(offsets).hasSize(2);
    }

    @Test
    void anEventIsKnownByItsIdWhereverItIsInTheTopic() throws Exception {
        String order = CanonicalOrder.open("T-1", "MUG*1").json();
        intake.process(record(7, order, "ce_id", "e-1", "ce_source", "/till"));
        intake.process(record(8, order, "ce_id", "e-1", "ce_source", "/till"));
        String envelope = "{\"specversion\":\"1.0\",\"id\":\"e-2\",\"source\":\"/till\",\"data\":" + order + "}";
        intake.process(record(9, envelope));
        intake.process(record(10, envelope));
        assertThat(hub.jdbc
                        .sql("select message_id || ' ' || lane from inbox order by inbox_id")
                        .query(String.class)
                        .list())
                .containsExactly("ce:/till:e-1 T-1", "ce:/till:e-2 T-1");
    }

    /** One that nothing makes shorter. */
    private static String longName() {
        return new Random(7)
                .ints(10_000, 'A', 'Z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void whatCannotBeReadIsStoredAllTheSame() throws Exception {
        Exchange nothing = record(8, "");
        nothing.getMessage().setBody(null);
        intake.process(record(7, "no JSON"));
        intake.process(nothing);
        intake.process(record(9, "{\"orderRef\":\"" + longName() + "\"}"));
        assertThat(hub.states()).containsExactly("received", "received", "received");
        assertThat(offsets).hasSize(3);
    }
}
