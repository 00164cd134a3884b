package io.stockhub.app.api;

import static io.stockhub.app.api.Assertions.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhub.app.FakeDesks;
import io.stockhub.app.WebTest;
import io.stockhub.stock.Answer;
import io.stockhub.stock.CountDesk;
import io.stockhub.stock.CountDesk.Count;
import io.stockhub.stock.CountDesk.Entry;
import io.stockhub.stock.CountDesk.Line;
import io.stockhub.stock.CountDesk.Progress;
import io.stockhub.stock.CountDesk.Result;
import io.stockhub.stock.CountDesk.Spot;
import io.stockhub.stock.CountState;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class CountsTest extends WebTest {
    private static final Instant NOON = Instant.parse("2026-09-04T12:00:00Z");
    private static final Spot SPOT = new Spot("TEE", "A1", null);

    @Autowired
    private FakeDesks desks;

    @BeforeEach
    void forget() {
        desks.reset();
    }

    private static Count count(boolean blind, CountState state) {
        return new Count(
                new CountDesk.Head(7, "JKT", blind, 0, state, "otto", NOON, null, null, null),
                List.of(new Line(
                        0,
                        SPOT,
                        true,
                        Progress.SETTLED,
                        List.of(new Entry(8, 10, "wanda", NOON), new Entry(8, 10, "otto", NOON)))));
    }

    private JsonNode entry(String role, int number) {
        return json(get(role, "/api/v1/counts/7")).at("/lines/0/entries/" + number);
    }

    @Test
    void aCountIsOpenedAsAsked() {
        desks.result = new Result.Opened(count(true, CountState.OPEN), List.of("CAM"), false);

        HttpResponse<String> response = post(
                "warehouse",
                "/api/v1/counts",
                """
                {"location":"JKT","tolerance":2,"lines":[{"sku":"TEE","bin":"A1"},{"sku":"MUG","lot":"L1"}]}""");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(json(response).get("countId").asText()).isEqualTo("7");
        assertThat(json(response).at("/notCounted/0").asText()).isEqualTo("CAM");
        assertThat(desks.asked)
                .containsExactly(List.of(new CountDesk.Opening(
                        "JKT", true, 2, List.of(SPOT, new Spot("MUG", null, "L1")), List.of(), null, "wanda", null)));
    }

    @Test
    void exactlyOneWayToSayWhatIsCounted() {
        assertProblem(post("warehouse", "/api/v1/counts", "{\"location\":\"JKT\"}"), 422, "invalid-field", "lines");
        assertProblem(
                post("warehouse", "/api/v1/counts", "{\"location\":\"JKT\",\"bins\":[\"A1\"],\"abc\":\"A\"}"),
                422,
                "invalid-field",
                "lines");
        assertProblem(
                post("warehouse", "/api/v1/counts", "{\"location\":\"JKT\",\"bins\":[7]}"),
                422,
                "invalid-field",
                "bins[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"warehouse", "operations", "planner", "finance", "viewer", "admin"})
    void nobodySeesTheBooksOfABlindCountThatIsOpen(String role) {
        desks.count = Optional.of(count(true, CountState.OPEN));

        assertThat(entry(role, 0).has("booked")).isFalse();
        assertThat(entry(role, 0).has("variance")).isFalse();
        assertThat(get(role, "/api/v1/counts/7").body()).doesNotContain("accuracy");
    }

    @Test
    void whoCountsSeesHisOwnFiguresAndNotThoseOfOthers() {
        desks.count = Optional.of(count(true, CountState.OPEN));

        assertThat(entry("warehouse", 0).get("counted").asLong()).isEqualTo(8);
        assertThat(entry("warehouse", 1).has("counted")).isFalse();
        assertThat(entry("warehouse", 1).get("by").asText()).isEqualTo("otto");
    }

    @Test
    void afterPostingPlannersAndFinanceSeeTheBooksAndWhoCountsDoesNot() {
        desks.count = Optional.of(count(true, CountState.POSTED));

        for (String role : List.of("planner", "finance", "admin")) {
            assertThat(entry(role, 0).get("booked").asLong()).isEqualTo(10);
            assertThat(entry(role, 0).get("variance").asLong()).isEqualTo(-2);
            assertThat(json(get(role, "/api/v1/counts/7")).get("accuracy").asDouble())
                    .isZero();
        }
        for (String role : List.of("warehouse", "operations")) {
            assertThat(entry(role, 0).has("booked")).isFalse();
        }
        desks.count = Optional.of(count(true, CountState.CANCELLED));
        assertThat(entry("finance", 0).has("booked"))
                .as("a cancelled count is no way to peek")
                .isFalse();
    }

    @Test
    void aCountThatIsNotBlindShowsTheBooks() {
        desks.count = Optional.of(count(false, CountState.OPEN));

        assertThat(entry("warehouse", 0).get("booked").asLong()).isEqualTo(10);
    }

    @Test
    void whatWasCountedIsPassedOnWithTheCallersName() {
        desks.result = new Result.Done(count(true, CountState.OPEN), true);

        HttpResponse<String> response = post(
                "warehouse",
                "/api/v1/counts/7/entries",
                """
                {"lines":[{"sku":"TEE","bin":"A1","quantity":0,"unit":"CA"}]}""");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(desks.asked)
                .containsExactly(
                        List.of(7L, new CountDesk.Tallies(List.of(new CountDesk.Tally(SPOT, 0, "CA")), "wanda")));
        assertProblem(
                post("warehouse", "/api/v1/counts/7/entries", "{\"lines\":[{\"sku\":\"TEE\",\"quantity\":-1}]}"),
                422,
                "invalid-field",
                "lines[0].quantity");
    }

    @Test
    void theLinesThatAnotherHasToCountAreNamed() {
        Line line = new Line(3, SPOT, true, Progress.RECOUNT, List.of(new Entry(8, 10, "wanda", NOON)));
        desks.result = new Result.CountedByYou(List.of(line));
        HttpResponse<String> again =
                post("warehouse", "/api/v1/counts/7/entries", "{\"lines\":[{\"sku\":\"TEE\",\"quantity\":9}]}");
        desks.result = new Result.NotSettled(List.of(), List.of(line));
        HttpResponse<String> early = post("warehouse", "/api/v1/counts/7/post", "");

        assertProblem(again, 409, "recount-by-another", null);
        assertThat(json(again).at("/lines/0/line").asInt()).isEqualTo(3);
        assertProblem(early, 409, "count-not-settled", null);
        assertThat(json(early).at("/recount/0/sku").asText()).isEqualTo("TEE");
        assertThat(json(early).at("/uncounted").size()).isZero();
        assertThat(early.body() + again.body()).as("no figures").doesNotContain("counted\":8", "booked");
    }

    @Test
    void theOrdersThatHoldMissingUnitsAreNamedWithWhatToDo() {
        desks.result = new Result.HeldByOrders(
                List.of(new Answer.Shortage(0, "TEE", 3, 1)),
                List.of(new CountDesk.Holder(9, "shop", "1001", "TEE", 2, 1)));

        HttpResponse<String> response = post("warehouse", "/api/v1/counts/7/post", "");

        assertProblem(response, 409, "insufficient-stock", "lines[0].quantity");
        assertThat(json(response).at("/shortages/0/short").asLong()).isEqualTo(2);
        assertThat(json(response).at("/orders/0/orderRef").asText()).isEqualTo("1001");
        assertThat(json(response).at("/orders/0/reservationId").asText()).isEqualTo("9");
        assertThat(json(response).get("whatToDo").asText()).contains("cancel");

        desks.result = new Result.HeldByOrders(List.of(new Answer.Shortage(0, "TEE", 3, 1)), List.of());
        assertThat(json(post("warehouse", "/api/v1/counts/7/post", ""))
                        .get("whatToDo")
                        .asText())
                .as("they were moved meanwhile")
                .contains("recount")
                .doesNotContain("cancel");
    }

    @Test
    void aCountInTheWrongStateSaysWhichOneItIs() {
        desks.result = new Result.WrongState(CountState.POSTED);

        HttpResponse<String> response = post("warehouse", "/api/v1/counts/7/cancel", "");

        assertProblem(response, 409, "wrong-state", null);
        assertThat(json(response).get("state").asText()).isEqualTo("posted");
        assertProblem(get("viewer", "/api/v1/counts/8"), 404, "not-found", null);
    }

    @Test
    void countsAreListedPageByPage() {
        desks.countHeads = List.of(
                count(true, CountState.OPEN).head(),
                count(true, CountState.OPEN).head());

        HttpResponse<String> response = get("viewer", "/api/v1/counts?state=ended&location=JKT&after=3&limit=1");

        assertThat(json(response).get("counts").size()).isEqualTo(1);
        assertThat(json(response).get("next").asText()).isEqualTo("7");
        assertThat(desks.asked).containsExactly(List.of(false, "JKT", 3L, 2));
    }
}
