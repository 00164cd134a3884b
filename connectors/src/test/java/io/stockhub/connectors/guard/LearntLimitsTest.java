package io.stockhub.connectors.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Manifests;
import io.stockhub.connectors.Rate;
import io.stockhub.connectors.failure.JsonText;
import io.stockhub.connectors.guard.Learnt.HoldBack;
import io.stockhub.connectors.guard.Learnt.NewRate;
import io.stockhub.connectors.guard.Learnt.ScaledRate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The imaginary shop says all three kinds; its manifest states 1,000 calls a second, for 50 points a second. */
class LearntLimitsTest {

    private static final String ACTION = "set-quantities";
    private static final Instant NOW = Instant.parse("2026-07-14T09:30:00Z");
    private static final Rate IN_FORCE = new Rate(4, 10);
    private final LearntLimits limits = new LearntLimits(Manifests.of("fakeshop"), Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @ValueSource(strings = {"10", "300", " 2e3 ", "100000.0"})
    void aRateThatIsSaidHoldsWithTheBurstOfTheManifest(String said) {
        assertThat(headers(Map.of("x-calls-a-second", said)))
                .containsExactly(new NewRate(new Rate(Double.parseDouble(said), 1000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "fast",
                "NaN",
                "Infinity",
                "-Infinity",
                "-5",
                "0",
                "-0.0",
                "1e308",
                "1e999",
                "1e-300",
                "9.9",
                "100001",
                "5, 5",
                "5;burst=3",
                "0x",
                "٥"
            })
    void aRateThatCannotBeReadOrBelievedChangesNothing(String said) {
        assertThat(headers(Map.of("x-calls-a-second", said))).isEmpty();
    }

    @Test
    void theRateIsMeasuredAgainstTheOneOfTheAction() {
        LearntLimits amazon = new LearntLimits(Manifests.of("amazon"), Clock.systemUTC());
        Map<String, String> said = Map.of("x-amzn-ratelimit-limit", "0.0167");

        assertThat(amazon.from("orders-page", said, JsonText.tree(null), IN_FORCE, 0))
                .containsExactly(new NewRate(new Rate(0.0167, 20)));
        assertThat(amazon.from(ACTION, said, JsonText.tree(null), IN_FORCE, 0))
                .as("a 300th of the manifest's 5 a second")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-3, 0", "1, 1", "2, 3", "0.5, 1"})
    void withNoMoreCallsLeftThanAreInFlightTheActionIsHeldBack(String left, int others) {
        Map<String, String> said = Map.of("x-calls-left", left, "retry-after", "7");

        assertThat(limits.from(ACTION, said, JsonText.tree(null), IN_FORCE, others))
                .containsExactly(new HoldBack(Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "4, 3", "1e308, 3", "'', 0", "none, 0", "NaN, 0", "-Infinity, 0"})
    void withCallsLeftItIsNot(String left, int others) {
        Map<String, String> said = Map.of("x-calls-left", left, "retry-after", "7");

        assertThat(limits.from(ACTION, said, JsonText.tree(null), IN_FORCE, others))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1784021409000, PT9S",
        "2026-07-14T09:30:09Z, PT9S",
        "2026-07-14T11:30:09.500+02:00, PT9.5S",
        // Another clock, or no time at all: the time of one call.
        "1784021390000, PT0.25S",
        "2026-07-14T09:30:00Z, PT0.25S",
        "-9223372036854775808, PT0.25S",
        "soon, PT0.25S",
        "'', PT0.25S",
        "NaN, PT0.25S",
        "1e308, PT0.25S",
        // Too long to be believed: a minute.
        "1784107800000, PT1M",
        "9223372036854775807, PT1M",
        "+999999999-12-31T23:59:59Z, PT1M"
    })
    void untilWhenIsSaidInTheManifestsOwnWays(String comeBack, Duration held) {
        assertThat(headers(Map.of("x-calls-left", "0", "x-come-back", comeBack)))
                .containsExactly(new HoldBack(held));
    }

    @ParameterizedTest
    @CsvSource({
        "120, 30, 0, PT3S",
        "119, 30, 0, PT2.966666666S",
        "30, 30, 0,",
        "30, 31, 0,",
        "30, 89, 2, PT0.033333333S",
        "30, 90, 2,",
        "30, -60, 0, PT3S",
        "1e308, 0, 0, PT1M",
        "1e308, -1e308, 9, PT1M",
        "30, -1e308, 0, PT1M"
    })
    void theActionIsHeldBackUntilSuchACallCanBePaid(String cost, String left, int others, Duration held) {
        String body = "{\"points\":{\"cost\":" + cost + ",\"left\":" + left + ",\"back\":30}}";

        List<Learnt> learnt = limits.from(ACTION, Map.of(), JsonText.tree(body), IN_FORCE, others);

        assertThat(learnt.stream().filter(HoldBack.class::isInstance))
                .containsExactlyElementsOf(held == null ? List.of() : List.of(new HoldBack(held)));
    }

    @ParameterizedTest
    @CsvSource({"50, 1000", "100, 2000", "5, 100"})
    void anAccountThatGetsMorePointsBackIsCalledFaster(double back, double rate) {
        assertThat(body("{\"points\":{\"back\":" + back + "}}")).containsExactly(new ScaledRate(new Rate(rate, 1000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "7",
                "null",
                "{\"points\":null}",
                "{\"points\":[30, 0, 30]}",
                "{\"points\":{\"cost\":30,\"left\":0}}",
                "{\"points\":{\"cost\":30,\"left\":0,\"back\":null}}",
                "{\"points\":{\"cost\":30,\"left\":0,\"back\":0}}",
                "{\"points\":{\"cost\":30,\"left\":0,\"back\":-30}}",
                "{\"points\":{\"cost\":30,\"left\":0,\"back\":\"30\"}}",
                "{\"points\":{\"cost\":30,\"left\":0,\"back\":1e999}}",
                "{\"points\":{\"cost\":30,\"left\":100,\"back\":1e308}}",
                "{\"points\":{\"cost\":30,\"left\":100,\"back\":1e-300}}",
                "{\"points\":{\"cost\":30,\"left\":30,\"back\":0.01}}"
            })
    void pointsThatCannotBeReadOrBelievedChangeNothing(String body) {
        assertThat(body(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"left\":0",
                "\"cost\":30",
                "\"cost\":null,\"left\":0",
                "\"cost\":0,\"left\":0",
                "\"cost\":-30,\"left\":-40",
                "\"cost\":\"30\",\"left\":0",
                "\"cost\":30,\"left\":\"none\"",
                "\"cost\":1e999,\"left\":0"
            })
    void withoutACostOrABalanceNothingIsHeldBack(String points) {
        assertThat(body("{\"points\":{\"back\":50," + points + "}}"))
                .containsExactly(new ScaledRate(new Rate(1000, 1000)));
    }

    @Test
    void oneAnswerMaySayAll() {
        Map<String, String> said = Map.of("x-calls-a-second", "500", "x-calls-left", "0", "retry-after", "2");
        String body = "{\"points\":{\"cost\":30,\"left\":0,\"back\":30}}";

        assertThat(limits.from(ACTION, said, JsonText.tree(body), IN_FORCE, 0))
                .containsExactly(
                        new NewRate(new Rate(500, 1000)),
                        new HoldBack(Duration.ofSeconds(2)),
                        new ScaledRate(new Rate(600, 1000)),
                        new HoldBack(Duration.ofSeconds(1)));
    }

    @Test
    void aConnectorThatLearnsNothingReadsNothing() {
        LearntLimits ebay = new LearntLimits(Manifests.of("ebay"), Clock.systemUTC());

        assertThat(ebay.from(ACTION, Map.of("x-calls-a-second", "3"), JsonText.tree("{}"), IN_FORCE, 0))
                .isEmpty();
    }

    @Test
    void whateverIsSaidItIsNoExceptionAndNoWaitIsLongerThanAMinute() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Map<String, String> said = Map.of(
                    "x-calls-a-second", text(random),
                    "x-calls-left", text(random),
                    "x-come-back", text(random),
                    "retry-after", text(random));
            String body = "{\"points\":{\"cost\":" + json(random) + ",\"left\":" + json(random) + ",\"back\":"
                    + json(random) + "}}";
            assertThat(limits.from(ACTION, said, JsonText.tree(body), IN_FORCE, random.nextInt(5)))
                    .as("seed %d, %s, %s", seed, said, body)
                    .allMatch(learnt -> switch (learnt) {
                        case NewRate one ->
                            one.rate().requestsPerSecond() >= 10 && one.rate().requestsPerSecond() <= 100_000;
                        case ScaledRate one ->
                            one.rate().requestsPerSecond() >= 10 && one.rate().requestsPerSecond() <= 100_000;
                        case HoldBack one ->
                            one.pause().isPositive() && one.pause().compareTo(Duration.ofMinutes(1)) <= 0;
                    });
        }
    }

    private static String text(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> String.valueOf(random.nextLong());
            case 1 -> String.valueOf(Double.longBitsToDouble(random.nextLong()));
            case 2 -> String.valueOf(random.nextInt(2_000) - 500);
            case 3 -> Instant.ofEpochSecond(random.nextInt()).toString();
            case 4 -> "1e" + random.nextInt(1_000_000_000);
            default ->
                random.ints(random.nextInt(9), 32, 255)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
        };
    }

    private static String json(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> String.valueOf(random.nextLong());
            case 1 -> random.nextInt(-400, 400) + "." + random.nextInt(99) + "e" + random.nextInt(-400, 400);
            case 2 -> "null";
            case 3 -> "\"7\"";
            default -> String.valueOf(random.nextInt(500));
        };
    }

    private List<Learnt> headers(Map<String, String> headers) {
        return limits.from(ACTION, headers, JsonText.tree(null), IN_FORCE, 0);
    }

    private List<Learnt> body(String body) {
        return limits.from(ACTION, Map.of(), JsonText.tree(body), IN_FORCE, 0);
    }
}
