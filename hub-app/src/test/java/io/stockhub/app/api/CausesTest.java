package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.app.WebTest;
import io.stockhub.routes.DeadLetters.Filter;
import io.stockhub.routes.Replays.Fix;
import io.stockhub.routes.Replays.Job;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mending causes, discarding, and jobs that are paused, over HTTP. */
class CausesTest extends WebTest {
    private static final Instant NOW = Instant.parse("2026-09-04T10:15:00Z");
    private static final String FIX = "/api/v1/dead-letters/causes/c1/fix";
    private static final String DISCARD = "/api/v1/dead-letters/discard";

    private static Job job(long id, String state, Instant ended) {
        return new Job(id, state, false, "why", "otto", NOW, BigDecimal.TEN, null, ended, 3, 1, Map.of("applied", 1L));
    }

    @Test
    void anAliasIsMadeAndTheCauseIsSentAgainInOneCall() {
        HttpResponse<String> response =
                post("operations", FIX, "{\"kind\":\"alias\",\"sku\":\"TEE-M\",\"reason\":\"new name\",\"rate\":50}");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Location")).contains("/api/v1/replays/7");
        assertThat(response.body())
                .isEqualTo("{\"replayId\":\"7\",\"letters\":1200,\"system\":\"amazon\",\"alias\":\"AMZ-TEE\"}");
        assertThat(hub.fixes)
                .containsExactly(new Fix("c1", "alias", "TEE-M", "new name", "otto", BigDecimal.valueOf(50)));
    }

    @Test
    void aFixThatCannotBeMadeNamesTheField() {
        assertProblem(post("operations", FIX, "{}"), 422, "invalid-field", "kind");
        assertProblem(post("operations", FIX, "{\"kind\":\"alias\",\"alias\":\"X\"}"), 422, "invalid-field", "alias");
        assertProblem(post("operations", FIX, "{\"kind\":\"alias\",\"rate\":0}"), 422, "invalid-field", "rate");
        assertThat(hub.fixes).isEmpty();
        assertProblem(post("operations", FIX, "{\"kind\":\"alias\",\"sku\":\"NONE\"}"), 422, "invalid-field", "sku");
        assertProblem(
                post("operations", "/api/v1/dead-letters/causes/c9/fix", "{\"kind\":\"alias\",\"sku\":\"TEE-M\"}"),
                404,
                "not-found",
                null);
    }

    @Test
    void whatIsDiscardedIsCountedAndWhatStaysIsNamed() {
        HttpResponse<String> response = post("operations", DISCARD, "{\"ids\":[\"7\",8],\"reason\":\"test orders\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"discarded\":1,\"refused\":[{\"id\":\"8\",\"message\":\"It was resolved before.\"}]}");
        assertThat(hub.discards.getFirst().ids()).containsExactly(7L, 8L);
        assertThat(hub.discards.getFirst().by()).isEqualTo("otto");
        post("operations", DISCARD, "{\"filter\":{\"cause\":\"c1\"},\"reason\":\"test orders\"}");
        assertThat(hub.discards.getLast().filter()).isEqualTo(new Filter(null, "c1", null, null, "open"));
    }

    @Test
    void discardingWantsAReasonAndSomethingToDiscard() {
        assertProblem(post("operations", DISCARD, "{\"ids\":[\"7\"]}"), 422, "invalid-field", "reason");
        assertProblem(
                post("operations", DISCARD, "{\"ids\":[\"7\"],\"reason\":\" \"}"), 422, "invalid-field", "reason");
        assertProblem(post("operations", DISCARD, "{\"reason\":\"x\"}"), 422, "invalid-field", "ids");
        assertProblem(
                post("operations", DISCARD, "{\"ids\":[1],\"filter\":{},\"reason\":\"x\"}"),
                422,
                "invalid-field",
                "ids");
        assertThat(hub.discards).isEmpty();
        assertProblem(post("operations", DISCARD, "{\"ids\":[404],\"reason\":\"x\"}"), 422, "invalid-field", "ids");
    }

    @ParameterizedTest
    @CsvSource({"pause, PAUSE", "resume, RESUME", "cancel, CANCEL"})
    void aJobIsChangedByWhoMayReplay(String act, String seen) {
        hub.jobs.addAll(List.of(job(8, "done", NOW), job(7, "running", null)));
        HttpResponse<String> response = post("operations", "/api/v1/replays/7/" + act, "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("rate").asInt()).isEqualTo(10);
        assertThat(hub.acts).containsExactly(seen + " 7 otto");
        assertProblem(post("operations", "/api/v1/replays/8/" + act, ""), 409, "wrong-state", null);
        assertProblem(post("operations", "/api/v1/replays/9/" + act, ""), 404, "not-found", null);
        assertThat(post("viewer", "/api/v1/replays/7/" + act, "").statusCode()).isEqualTo(403);
    }

    @Test
    void jobsAreListedPageByPage() {
        hub.jobs.addAll(List.of(job(8, "done", NOW), job(7, "running", null)));
        HttpResponse<String> first = get("viewer", "/api/v1/replays?limit=1");
        assertThat(json(first).get("replays").get(0).get("replayId").asText()).isEqualTo("8");
        assertThat(json(first).get("next").asText()).isEqualTo("8");
        HttpResponse<String> second = get("viewer", "/api/v1/replays?limit=1&after=8");
        assertThat(json(second)
                        .get("replays")
                        .get(0)
                        .get("counts")
                        .get("applied")
                        .asInt())
                .isEqualTo(1);
        assertThat(json(second).get("next").isNull()).isTrue();
        assertProblem(get("viewer", "/api/v1/replays?limit=0"), 422, "invalid-field", "limit");
    }

    @Test
    void aReplayMayBePaced() {
        post("operations", "/api/v1/dead-letters/replay", "{\"filter\":{},\"rate\":0.5}");
        assertThat(hub.replayRequests.getFirst().rate()).isEqualByComparingTo("0.5");
        assertProblem(
                post("operations", "/api/v1/dead-letters/replay", "{\"filter\":{},\"rate\":-1}"),
                422,
                "invalid-field",
                "rate");
    }
}
