package io.stockhub.routes.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.routes.alerts.Facts.ChannelFacts;
import io.stockhub.routes.alerts.Facts.Exposure;
import io.stockhub.routes.alerts.Facts.Ledger;
import io.stockhub.routes.alerts.Facts.Letters;
import io.stockhub.routes.alerts.Facts.SwitchedOff;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final Instant NOW = Instant.parse("2026-03-14T08:00:00Z");
    private static final Duration MAX = Duration.ofMinutes(5);
    private static final Letters NONE = new Letters(0, 0, BigDecimal.ZERO);
    private static final ChannelFacts FINE =
            new ChannelFacts("shop", MAX, false, false, null, 100, null, null, 0, 0, null, MAX, 0, null);
    private static final ChannelFacts ALL_WRONG = new ChannelFacts(
            "shop",
            MAX,
            true,
            true,
            "http-401: wrong key",
            100,
            NOW.minus(Duration.ofHours(3)),
            Duration.ofMinutes(7),
            3,
            21,
            NOW.minus(Duration.ofMinutes(6)),
            MAX,
            1,
            "it showed 5 instead of 4");

    private static Facts facts(ChannelFacts channel, Letters letters, @Nullable Exposure exposure, boolean holds) {
        return new Facts(NOW, List.of(channel), letters, 0, null, exposure, new Ledger(holds, NOW), List.of());
    }

    private static List<String> kinds(Facts facts, Limits limits) {
        return Rules.wrong(facts, limits).stream().map(Wrong::kind).toList();
    }

    @Test
    void nothingIsWrongWhenAllIsWell() {
        assertThat(kinds(facts(FINE, NONE, new Exposure(0, 0), true), Limits.DEFAULTS))
                .isEmpty();
    }

    @Test
    void aChannelThatRefusesUsSaysSoAndWhatFollowsIsHeldBack() {
        List<Wrong> all = Rules.wrong(facts(ALL_WRONG, NONE, null, true), Limits.DEFAULTS);
        assertThat(all)
                .extracting(Wrong::key)
                .containsExactly(
                        "channel-refuses-us/shop",
                        "channel-fails/shop",
                        "number-not-told/shop",
                        "channel-late/shop",
                        "drift/shop",
                        "drift-rate/shop",
                        "orders-not-read/shop",
                        "backorders/shop",
                        "self-test-failed/shop");
        Set<String> keys = new HashSet<>(all.stream().map(Wrong::key).toList());
        assertThat(all)
                .filteredOn(one -> !one.followsFrom(keys))
                .extracting(Wrong::kind)
                .containsExactly("channel-refuses-us", "drift", "drift-rate", "backorders");
    }

    @Test
    void aChannelIsLateBeyondItsOwnLimit() {
        for (Duration max : List.of(Duration.ofSeconds(10), Duration.ofHours(1))) {
            Duration late = max.plusMillis(1);
            assertThat(kinds(facts(delayed(max, max), NONE, null, true), Limits.DEFAULTS))
                    .isEmpty();
            assertThat(kinds(facts(delayed(max, late), NONE, null, true), Limits.DEFAULTS))
                    .containsExactly("channel-late");
        }
    }

    private static ChannelFacts delayed(Duration max, Duration delay) {
        return new ChannelFacts("shop", max, false, false, null, 100, null, delay, 0, 0, null, MAX, 0, null);
    }

    @Test
    void theOldestNumberMayWaitThreeTimesAsLong() {
        for (long minutes : List.of(15L, 16L)) {
            ChannelFacts waits = new ChannelFacts(
                    "shop",
                    MAX,
                    false,
                    false,
                    null,
                    1,
                    NOW.minus(Duration.ofMinutes(minutes)),
                    null,
                    0,
                    0,
                    null,
                    MAX,
                    0,
                    null);
            assertThat(kinds(facts(waits, NONE, null, true), Limits.DEFAULTS)).hasSize(minutes > 15 ? 1 : 0);
        }
    }

    @Test
    void aThousandDeadLettersAreOneAlert() {
        Letters many = new Letters(1_000, 900, BigDecimal.valueOf(1_001));
        List<Wrong> all = Rules.wrong(facts(FINE, many, null, true), Limits.DEFAULTS);
        assertThat(all)
                .extracting(wrong -> wrong.words().title())
                .containsExactly(
                        "1000 dead letters wait for a person, 900 of them new", "Goods for 1001 are in dead letters");
    }

    @Test
    void unitsInEscrowAreNeverExposedAndOthersAsMuchAsTheSettingsSay() {
        Limits ten = new Limits(10L, null, MAX);
        assertThat(kinds(facts(FINE, NONE, new Exposure(1, 1), true), Limits.DEFAULTS))
                .containsExactly("escrow-exposed");
        assertThat(kinds(facts(FINE, NONE, new Exposure(99, 0), true), Limits.DEFAULTS))
                .isEmpty();
        assertThat(kinds(facts(FINE, NONE, new Exposure(10, 0), true), ten)).isEmpty();
        assertThat(kinds(facts(FINE, NONE, new Exposure(11, 0), true), ten)).containsExactly("exposure");
    }

    @Test
    void aBrokenLedgerIsSaidAtOnce() {
        assertThat(Rules.wrong(facts(FINE, NONE, null, false), Limits.DEFAULTS))
                .extracting(Wrong::kind, Wrong::lasting)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("ledger-broken", Duration.ZERO));
    }

    /** So that whoever is woken finds a section about it. */
    @Test
    void everyAlertHasItsSectionInTheDocs() throws IOException {
        Facts all = new Facts(
                NOW,
                List.of(ALL_WRONG),
                new Letters(5, 5, BigDecimal.valueOf(1_000_000)),
                1,
                NOW.minus(Duration.ofHours(1)),
                new Exposure(100, 1),
                new Ledger(false, NOW),
                List.of(new SwitchedOff("7", "https://hooks.example/in", "it answered 500")));
        List<Wrong> wrong = Rules.wrong(all, new Limits(10L, BigDecimal.ONE, MAX));
        String page = Files.readString(Path.of("..", "docs", "alerts.md"));
        assertThat(wrong).hasSize(17).allSatisfy(one -> {
            assertThat(page).contains("\n### " + one.kind() + "\n");
            assertThat(one.words().docs()).isEqualTo("docs/alerts.md#" + one.kind());
            assertThat(one.words().action()).endsWith(".").doesNotEndWith("..");
            assertThat(one.words().meaning()).endsWith(".");
        });
    }
}
