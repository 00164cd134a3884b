package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.Samples;
import io.stockhub.app.WebTest;
import io.stockhub.routes.ChannelDesk;
import io.stockhub.routes.ChannelDesk.Health;
import io.stockhub.routes.DeadLetters;
import io.stockhub.routes.EdiDesk;
import io.stockhub.routes.Replays;
import io.stockhub.routes.Webhooks.Reception;
import io.stockhub.stock.StockUnavailableException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class FlowsTest extends WebTest {
    private static final Instant NOW = Instant.parse("2026-09-04T10:15:00Z");

    private HttpResponse<String> webhook(String contentType, byte[] body) {
        return send(as(null, "/webhooks/shopify")
                .header("Content-Type", contentType)
                .header("X-Shopify-Hmac-SHA256", "abc=")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static DeadLetters.DeadLetter letter(long id) {
        return new DeadLetters.DeadLetter(
                id,
                "amazon",
                "orders-in",
                "map",
                "poison",
                "mapping.field",
                "c1",
                "no SKU",
                null,
                "1001",
                1,
                NOW,
                NOW,
                "open");
    }

    @Test
    void aWebhookIsPassedOnByteForByte() {
        byte[] body = "{ \"a\" : 1.10 }\n".getBytes(StandardCharsets.UTF_8);
        assertThat(webhook("application/json", body).statusCode()).isEqualTo(200);
        assertThat(hub.webhookCalls.get(0).channel()).isEqualTo("shopify");
        assertThat(hub.webhookCalls.get(0).body()).isEqualTo(body);
        assertThat(hub.webhookCalls.get(0).headers()).containsEntry("x-shopify-hmac-sha256", "abc=");
    }

    @Test
    void aWebhooksOwnAuthorizationIsTheChannelsBusiness() {
        HttpResponse<String> response = send(as(null, "/webhooks/shopify")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer the-channels-own")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void aWebhookIsAnsweredWhateverItAccepts() {
        HttpResponse<String> response = send(as(null, "/webhooks/shopify")
                .header("Content-Type", "application/json")
                .header("Accept", "text/html")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void repeatedHeadersCannotHideBehindEachOther() {
        send(as(null, "/webhooks/shopify")
                .header("Content-Type", "application/json")
                .header("X-Sign", "good")
                .header("X-Sign", "bad")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(hub.webhookCalls.get(0).headers()).containsEntry("x-sign", "good, bad");
    }

    @Test
    void whatBecameOfAWebhookIsAnswered() {
        byte[] body = {'{', '}'};
        hub.receptions = call -> new Reception.Refused("hmac differs at byte 3");
        HttpResponse<String> refused = webhook("application/json", body);
        assertProblem(refused, 401, "unauthorized", null);
        assertThat(refused.body()).doesNotContain("byte 3");
        hub.receptions = call -> new Reception.Unreadable("not JSON");
        assertProblem(webhook("application/json", body), 400, "malformed-json", null);
        hub.receptions = call -> new Reception.UnknownChannel("shopify");
        assertProblem(webhook("application/json", body), 404, "not-found", null);
        hub.receptions = call -> {
            throw new StockUnavailableException("no", null);
        };
        assertProblem(webhook("application/json", body), 503, "unavailable", null);
        hub.receptions = call -> {
            throw new DataAccessResourceFailureException("connection refused to 10.0.0.1");
        };
        HttpResponse<String> down = webhook("application/json", body);
        assertProblem(down, 503, "unavailable", null);
        assertThat(down.body()).doesNotContain("10.0.0.1");
    }

    @Test
    void aWebhookThatIsNoJsonOrTooLargeIsRefusedUnread() {
        assertProblem(webhook("text/xml", new byte[] {'x'}), 415, "unsupported-media-type", null);
        assertProblem(webhook("application/json", new byte[(1 << 20) + 1]), 413, "payload-too-large", null);
        assertThat(hub.webhookCalls).isEmpty();
    }

    @Test
    void anInterchangeIsAnsweredWithItsAcknowledgement() {
        hub.ediReceptions =
                call -> new EdiDesk.Reception("ISA*997~".getBytes(), EdiDesk.Outcome.PARTLY_ACCEPTED, "1 of 2");
        HttpResponse<String> response = send(as("warehouse", "/edi")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("ISA*00*=&~")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("ISA*997~");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/edi-x12");
        assertThat(response.headers().firstValue("Stockhub-Edi-Outcome")).contains("partly-accepted");
        assertThat(hub.ediCalls.get(0).raw()).isEqualTo("ISA*00*=&~".getBytes());
        assertThat(hub.ediCalls.get(0).source()).isEqualTo("http:wanda");
    }

    @Test
    void anInterchangeMayBeAnsweredInJson() {
        hub.ediReceptions = call -> new EdiDesk.Reception("ISA~".getBytes(), EdiDesk.Outcome.ACCEPTED, "1 document");
        HttpResponse<String> response = send(
                as("warehouse", "/edi").header("Accept", "application/json").POST(BodyPublishers.ofString("ISA*")));
        assertThat(response.body())
                .isEqualTo("{\"outcome\":\"accepted\",\"message\":\"1 document\",\"acknowledgement\":\"ISA~\"}");
    }

    @Test
    void anInterchangeAboveFiftyMebibytesIsRefused() {
        byte[] large = new byte[(50 << 20) + 1];
        assertProblem(
                send(as("warehouse", "/edi").POST(BodyPublishers.ofByteArray(large))), 413, "payload-too-large", null);
        assertThat(hub.ediCalls).isEmpty();
    }

    @Test
    void whatIsNoInterchangeIsRefused() {
        hub.ediReceptions = call -> new EdiDesk.Reception(new byte[0], EdiDesk.Outcome.UNREADABLE, "no ISA");
        assertProblem(
                send(as("warehouse", "/edi").POST(BodyPublishers.ofString("hello"))), 400, "unreadable-edi", null);
        assertProblem(post("warehouse", "/edi", "{}"), 415, "unsupported-media-type", null);
    }

    @Test
    void deadLettersAreThoseThatAreOpenUnlessAskedOtherwise() {
        hub.letters.addAll(List.of(letter(9), letter(8), letter(7)));
        HttpResponse<String> response =
                get("viewer", "/api/v1/dead-letters?limit=2&channel=amazon&since=2026-01-01T00:00:00Z");
        assertThat(json(response).at("/deadLetters/0/id").asText()).isEqualTo("9");
        assertThat(json(response).at("/deadLetters/0/firstFailedAt").asText()).isEqualTo("2026-09-04T10:15:00Z");
        assertThat(json(response).get("next").asText()).isEqualTo("8");
        assertThat(hub.filters)
                .containsExactly(
                        new DeadLetters.Filter("amazon", null, null, Instant.parse("2026-01-01T00:00:00Z"), "open"));
        assertThat(json(get("viewer", "/api/v1/dead-letters?after=8&state=any")).get("deadLetters"))
                .hasSize(1);
        assertThat(hub.filters.get(1).state()).isNull();
    }

    @Test
    void deadLettersAreGroupedByCause() {
        hub.causes.add(Samples.cause("c1", "amazon", "mapping.field", "no SKU", 3, NOW, NOW));
        HttpResponse<String> response = get("viewer", "/api/v1/dead-letters?groupBy=cause&sku=A");
        assertThat(json(response).at("/causes/0/count").asLong()).isEqualTo(3);
        assertProblem(get("viewer", "/api/v1/dead-letters?groupBy=sku"), 422, "invalid-field", "groupBy");
        assertProblem(get("viewer", "/api/v1/dead-letters?state=lost"), 422, "invalid-field", "state");
        assertProblem(get("viewer", "/api/v1/dead-letters?since=monday"), 422, "invalid-field", "since");
    }

    @Test
    void aDeadLetterComesWithItsPayload() {
        hub.details.put(
                9L,
                Samples.detail(
                        letter(9),
                        "{\"a\":1.10}".getBytes(),
                        "application/json",
                        List.of(new DeadLetters.Attempt(1, NOW, "c", "m")),
                        "amazon/order@ab"));
        HttpResponse<String> response = get("viewer", "/api/v1/dead-letters/9");
        assertThat(json(response).get("payload").asText()).isEqualTo("{\"a\":1.10}");
        assertThat(json(response).get("payloadEncoding").asText()).isEqualTo("text");
        assertThat(json(response).get("cause").asText()).isEqualTo("c1");
        hub.details.put(9L, Samples.detail(letter(9), new byte[] {(byte) 0xff}, "x", List.of(), null));
        assertThat(json(get("viewer", "/api/v1/dead-letters/9")).get("payload").asText())
                .isEqualTo("/w==");
        assertProblem(get("viewer", "/api/v1/dead-letters/77"), 404, "not-found", null);
        assertProblem(get("viewer", "/api/v1/dead-letters/x"), 404, "not-found", null);
    }

    @Test
    void aReplayIsStartedAndFollowed() {
        HttpResponse<String> response = post(
                "operations",
                "/api/v1/dead-letters/replay",
                "{\"ids\":[\"9\"],\"dryRun\":true,\"payload\":{\"id\":12345678901234567890,\"price\":1.10},\"reason\":\"typo\"}");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"replayId\":\"7\"}");
        Replays.Request request = hub.replayRequests.get(0);
        assertThat(request.ids()).containsExactly(9L);
        assertThat(request.dryRun()).isTrue();
        assertThat(new String(request.payload())).isEqualTo("{\"id\":12345678901234567890,\"price\":1.10}");
        assertThat(request.requestedBy()).isEqualTo("otto");

        hub.progress.put(
                7L,
                new Replays.Progress(
                        new Replays.Job(
                                7, "done", true, "typo", "otto", NOW, null, null, NOW, 1, 1, Map.of("applied", 1L)),
                        List.of(new Replays.Item(9, "applied", null))));
        assertThat(get("viewer", "/api/v1/replays/7").body())
                .isEqualTo(
                        "{\"replayId\":\"7\",\"state\":\"done\",\"dryRun\":true,\"total\":1,\"finished\":1,"
                                + "\"counts\":{\"applied\":1},\"reason\":\"typo\",\"requestedBy\":\"otto\","
                                + "\"requestedAt\":\"2026-09-04T10:15:00Z\",\"rate\":null,\"changedBy\":null,"
                                + "\"endedAt\":\"2026-09-04T10:15:00Z\",\"messages\":[{\"id\":\"9\",\"outcome\":\"applied\",\"message\":null}]}");
        assertProblem(get("viewer", "/api/v1/replays/8"), 404, "not-found", null);
    }

    @Test
    void aReplayMayTakeAFilterAndAPayloadAsText() {
        post("operations", "/api/v1/dead-letters/replay", "{\"filter\":{\"channel\":\"amazon\"}}");
        assertThat(hub.replayRequests.get(0).filter())
                .isEqualTo(new DeadLetters.Filter("amazon", null, null, null, "open"));
        post("operations", "/api/v1/dead-letters/replay", "{\"ids\":[9],\"payload\":\"ISA*00~\\n\"}");
        assertThat(new String(hub.replayRequests.get(1).payload())).isEqualTo("ISA*00~\n");
    }

    @Test
    void aWrongReplayIsRefused() {
        String path = "/api/v1/dead-letters/replay";
        assertProblem(post("operations", path, "{}"), 422, "invalid-field", "ids");
        assertProblem(post("operations", path, "{\"ids\":[1],\"filter\":{}}"), 422, "invalid-field", "ids");
        assertProblem(post("operations", path, "{\"ids\":[\"x\"]}"), 422, "invalid-field", "ids[0]");
        assertProblem(post("operations", path, "{\"ids\":[1,2],\"payload\":\"x\"}"), 422, "invalid-field", "payload");
        assertProblem(
                post("operations", path, "{\"filter\":{\"state\":\"open\"}}"), 422, "invalid-field", "filter.state");
        assertProblem(post("operations", path, "{\"ids\":[1],\"dryRun\":\"yes\"}"), 422, "invalid-field", "dryRun");
        assertThat(hub.replayRequests).isEmpty();
        hub.replays = request -> {
            throw new IllegalArgumentException("no dead letter 1");
        };
        assertProblem(post("operations", path, "{\"ids\":[1]}"), 422, "invalid-field", "ids");
    }

    @Test
    void channelsSayHowTheyAre() {
        hub.health.add(new Health(
                "amazon",
                "amazon",
                "Amazon US",
                "delayed",
                12,
                3,
                NOW,
                Duration.ofMillis(800),
                Duration.ofSeconds(4),
                "open",
                2.0,
                NOW,
                null,
                1,
                2,
                0,
                "no answer"));
        assertThat(json(get("viewer", "/api/v1/channels")).at("/channels/0").toString())
                .isEqualTo("{\"channel\":\"amazon\",\"connector\":\"amazon\",\"title\":\"Amazon"
                        + " US\",\"health\":\"delayed\","
                        + "\"listings\":12,\"backlog\":3,\"oldestDirtySince\":\"2026-09-04T10:15:00Z\","
                        + "\"delay\":{\"p50Millis\":800,\"p99Millis\":4000},\"breaker\":\"open\","
                        + "\"limits\":{\"requestsPerSecond\":2.0},\"ordersReadUntil\":\"2026-09-04T10:15:00Z\",\"lastOrderAt\":null,\"openDeadLetters\":1,\"openDrifts\":2,\"provenUntil\":null,\"neverProven\":0,\"backorders\":0,\"lastError\":\"no"
                        + " answer\"}");
        HttpResponse<String> synced =
                send(as("operations", "/api/v1/channels/amazon/sync").POST(BodyPublishers.noBody()));
        assertThat(synced.statusCode()).isEqualTo(202);
        assertThat(synced.body()).isEqualTo("{\"channel\":\"amazon\",\"listings\":12}");
        assertProblem(
                send(as("operations", "/api/v1/channels/nope/sync").POST(BodyPublishers.noBody())),
                404,
                "not-found",
                null);
    }

    @Test
    void aChannelIsReadBackOnDemandAndWhatWasFoundIsListedNewestFirst() {
        hub.health.add(
                new Health("amazon", "x", "X", "ok", 0, 0, null, null, null, "closed", 1, null, null, 0, 0, 0, null));
        HttpResponse<String> marked =
                send(as("operations", "/api/v1/channels/amazon/reconcile").POST(BodyPublishers.noBody()));
        assertThat(marked.statusCode()).isEqualTo(202);
        assertThat(marked.body()).isEqualTo("{\"channel\":\"amazon\",\"listings\":7}");
        assertProblem(
                send(as("operations", "/api/v1/channels/nope/reconcile").POST(BodyPublishers.noBody())),
                404,
                "not-found",
                null);
        hub.drifts.add(new ChannelDesk.Drift(
                2,
                "amazon",
                "A",
                "a-1",
                5,
                null,
                ChannelDesk.Drift.Cause.NOT_LISTED,
                "read-back",
                NOW,
                NOW,
                true,
                "overwrite",
                null));
        hub.drifts.add(new ChannelDesk.Drift(
                1,
                "ebay",
                "B",
                "B",
                5,
                4L,
                ChannelDesk.Drift.Cause.UNEXPLAINED,
                "compare",
                NOW,
                null,
                false,
                null,
                null));
        assertThat(get("viewer", "/api/v1/drifts?limit=1").body())
                .isEqualTo(
                        """
                        {"drifts":[{"id":"2","channel":"amazon","sku":"A","channelSku":"a-1","expected":5,"shown":null,\
                        "cause":"not-listed","foundBy":"read-back","foundAt":"2026-09-04T10:15:00Z",\
                        "closedAt":"2026-09-04T10:15:00Z","overwritten":true,"policy":"overwrite","decided":null}],"next":"2"}""");
        assertThat(json(get("viewer", "/api/v1/drifts?after=2"))
                        .at("/drifts/0/id")
                        .asText())
                .isEqualTo("1");
        assertThat(json(get("viewer", "/api/v1/drifts?state=open")).path("drifts"))
                .hasSize(1);
        assertThat(json(get("viewer", "/api/v1/drifts?sku=A&channel=amazon")).path("drifts"))
                .hasSize(1);
        assertProblem(get("viewer", "/api/v1/drifts?state=new"), 422, "invalid-field", "state");
    }
}
