package io.stockhub.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class InboxCliTest extends StubbedCli {
    private static final String TOTALS =
            "{\"received\":9,\"open\":2,\"done\":5,\"dead\":1,\"discarded\":1,\"oldestOpenSince\":\"T0\",\"unaccounted\":0}";
    private static final String NOBODY =
            "{\"received\":3,\"open\":0,\"done\":3,\"dead\":0,\"discarded\":0,\"oldestOpenSince\":null,\"unaccounted\":%d}";
    private static final String PAGE =
            """
            {"messages":[
             {"id":"7","flow":"orders-in","source":"shop","messageId":"m-7","lane":"1001","state":"retrying",
              "receivedAt":"T0","nextAttemptAt":"T1","lastFailure":{"code":"c","message":"busy\\u001b[31m"}},
             {"id":"9","flow":"receipts-in","source":"3pl","messageId":"m-9","lane":"1/1/1","state":"blocked",
              "receivedAt":"T2","blockedBy":"7","lastFailure":null}],"next":"9"}""";

    InboxCliTest() {
        super("inbox");
    }

    @Test
    void aSentenceSaysHowManyAndATableWhatIsNotDone() {
        hub.on("GET /api/v1/inbox", 200, TOTALS).on("GET /api/v1/inbox/messages?limit=100", 200, PAGE);
        assertThat(run()).isZero();
        assertThat(out.toString())
                .startsWith("9 messages came in: 5 done, 2 not done yet, 1 given up (dead), 1 discarded.")
                .contains("The oldest that is not done came at T0.", "./stockhub dlq", "More: --after 9")
                .doesNotContain("\u001b", "fault of the hub");
        assertThat(out.toString().lines().filter(line -> line.contains("m-")))
                .containsExactly(
                        " 7  shop     order 1001      retrying  T0     again at T1  busy?[31m     m-7",
                        " 9  3pl      document 1/1/1  blocked   T2     after 7      -             m-9");
    }

    @Test
    void whatIsAskedForIsPassedOn() {
        hub.on("GET /api/v1/inbox", 200, TOTALS)
                .on(
                        "GET /api/v1/inbox/messages?limit=100&source=my%20shop&state=dead&after=4",
                        200,
                        """
                        {"messages":[{"id":"7","state":"dead","deadLetterId":"3"}],"next":null}""");
        assertThat(run("--source", "my shop", "--state", "dead", "--after", "4"))
                .isZero();
        assertThat(out.toString()).contains("dlq show 3").doesNotContain("More:");
    }

    @Test
    void anEmptyInboxIsSaidToBeEmpty() {
        hub.on("GET /api/v1/inbox", 200, NOBODY.formatted(0))
                .on("GET /api/v1/inbox/messages?limit=100", 200, "{\"messages\":[],\"next\":null}");
        assertThat(run()).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "3 messages came in: 3 done, 0 not done yet, 0 given up (dead), 0 discarded.",
                        "",
                        "Nothing is open.");
    }

    @Test
    void aContradictionIsNotHidden() {
        hub.on("GET /api/v1/inbox", 200, NOBODY.formatted(2))
                .on("GET /api/v1/inbox/messages?limit=100", 200, "{\"messages\":[],\"next\":null}");
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("2 contradictions", "fault of the hub");
    }

    @Test
    void jsonIsOneDocument() throws IOException {
        hub.on("GET /api/v1/inbox", 200, TOTALS).on("GET /api/v1/inbox/messages?limit=100", 200, PAGE);
        assertThat(run("--json")).isZero();
        JsonNode document = new ObjectMapper().readTree(out.toString());
        assertThat(document.at("/totals/open").asLong()).isEqualTo(2);
        assertThat(document.at("/messages/1/blockedBy").asText()).isEqualTo("7");
        assertThat(document.get("next").asText()).isEqualTo("9");
    }

    @Test
    void aStateThatDoesNotExistIsWrongUsage() {
        assertThat(run("--state", "stuck")).isEqualTo(2);
        assertThat(hub.asked).isEmpty();
    }
}
