package io.stockhub.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventsCliTest extends StubbedCli {
    private static final String KAFKA =
            """
            {"consumers":[{"consumer":"kafka","cursor":40,"behind":12,"failingSince":"T0","lastError":"TimeoutException"}]}""";

    EventsCliTest() {
        super("events");
    }

    @Test
    void aTableSaysHowFarEachReaderIs() {
        hub.on("GET /api/v1/events/consumers", 200, KAFKA);
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("kafka", "12", "T0", "TimeoutException");
    }

    @Test
    void withoutReadersItSaysSo() {
        hub.on("GET /api/v1/events/consumers", 200, "{\"consumers\":[]}");
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("Nobody is told");
    }

    @Test
    void aReaderIsRewoundAndAllStockToldAgain() {
        hub.on("POST /api/v1/events/consumers/kafka/rewind", 200, "{\"consumer\":\"kafka\",\"events\":40}")
                .on("POST /api/v1/events/tell-stock", 200, KAFKA);
        assertThat(run("rewind", "kafka", "--since", "T1")).isZero();
        assertThat(hub.asked.getFirst().body()).isEqualTo("{\"since\":\"T1\"}");
        assertThat(out.toString()).contains("40 events are sent to kafka again.");
        assertThat(run("tell-stock")).isZero();
    }
}
