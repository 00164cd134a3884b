package io.stockhub.routes.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.routes.Alerts.Severity;
import io.stockhub.routes.Alerts.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static final Instant NOW = Instant.parse("2026-03-14T08:00:00Z");
    private static final Words WORDS = new Words("t", "m", "a", "d");

    private static Wrong wrong(String kind, Duration lasting, String... follows) {
        return new Wrong(kind, "shop", Severity.WARNING, lasting, Set.of(follows), WORDS);
    }

    private static Incident incident(String kind, Duration since, Duration seen, boolean opened) {
        return new Incident(7, kind + "/shop", NOW.minus(since), NOW.minus(seen), opened);
    }

    private static Duration min(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    @Test
    void whatIsUrgentIsToldAtOnce() {
        Wrong late = wrong("late", Duration.ZERO);
        assertThat(Judgement.steps(List.of(late), List.of(), NOW)).containsExactly(new Step.Begin(late, true));
    }

    @Test
    void whatMayPassIsToldWhenItHasLasted() {
        Wrong late = wrong("late", min(5));
        assertThat(Judgement.steps(List.of(late), List.of(), NOW)).containsExactly(new Step.Begin(late, false));
        assertThat(Judgement.steps(List.of(late), List.of(incident("late", min(4), min(1), false)), NOW))
                .containsExactly(new Step.GoOn(7, late));
        assertThat(Judgement.steps(List.of(late), List.of(incident("late", min(5), min(1), false)), NOW))
                .containsExactly(new Step.Open(7, late));
    }

    @Test
    void whatWasToldIsNotToldAgain() {
        Wrong late = wrong("late", min(5));
        assertThat(Judgement.steps(List.of(late), List.of(incident("late", min(500), min(1), true)), NOW))
                .containsExactly(new Step.GoOn(7, late));
    }

    @Test
    void aMomentOfRestIsNotTheEnd() {
        assertThat(Judgement.steps(List.of(), List.of(incident("late", min(9), min(1), true)), NOW))
                .isEmpty();
        assertThat(Judgement.steps(List.of(), List.of(incident("late", min(9), min(2), true)), NOW))
                .containsExactly(new Step.Close(7));
        assertThat(Judgement.steps(List.of(), List.of(incident("late", min(9), min(2), false)), NOW))
                .containsExactly(new Step.Forget(7));
    }

    @Test
    void whatWasSeenOnceLongAgoHasNotLastedUntilNow() {
        Wrong late = wrong("late", min(5));
        assertThat(Judgement.steps(List.of(late), List.of(incident("late", min(60), min(59), false)), NOW))
                .containsExactly(new Step.BeginAgain(7, late));
    }

    @Test
    void aConsequenceIsNotToldBesideItsCause() {
        Wrong cause = wrong("down", min(5));
        Wrong consequence = wrong("late", Duration.ZERO, "down");
        assertThat(Judgement.steps(List.of(cause, consequence), List.of(), NOW))
                .containsExactlyInAnyOrder(new Step.Begin(cause, false), new Step.Begin(consequence, false));
        assertThat(Judgement.steps(List.of(cause, consequence), List.of(incident("late", min(9), min(1), false)), NOW))
                .contains(new Step.GoOn(7, consequence));
        assertThat(Judgement.steps(List.of(consequence), List.of(incident("late", min(9), min(1), false)), NOW))
                .containsExactly(new Step.Open(7, consequence));
    }

    /** However it comes and goes: told once, then over once, in turns; and what flickers is one incident. */
    @Test
    void eachIncidentIsToldOnceAndEndsOnce() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> told = new ArrayList<>();
        Map<String, Incident> rows = new HashMap<>();
        Instant now = NOW;
        Set<String> open = new TreeSet<>();
        for (int look = 0; look < 5_000; look++) {
            now = now.plusSeconds(10);
            List<Wrong> wrong = new ArrayList<>();
            for (String kind : List.of("a", "b", "c")) {
                if (random.nextInt(100) < (look / 50 % 2 == 0 ? 60 : 2)) {
                    wrong.add(wrong(kind, min(random.nextInt(3)), kind.equals("c") ? "a" : "none"));
                }
            }
            for (Step step : Judgement.steps(wrong, List.copyOf(rows.values()), now)) {
                apply(step, rows, now, told);
            }
            for (String word : told) {
                if (word.startsWith("open ")) {
                    assertThat(open.add(word.substring(5)))
                            .as("seed %d, twice %s", seed, word)
                            .isTrue();
                } else {
                    assertThat(open.remove(word.substring(6)))
                            .as("seed %d, never %s", seed, word)
                            .isTrue();
                }
            }
            told.clear();
        }
    }

    private static void apply(Step step, Map<String, Incident> rows, Instant now, List<String> told) {
        switch (step) {
            case Step.Begin begin -> {
                String key = begin.wrong().key();
                rows.put(key, new Incident(key.hashCode(), key, now, now, begin.open()));
                if (begin.open()) {
                    told.add("open " + key);
                }
            }
            case Step.BeginAgain again -> put(rows, again.wrong().key(), now, now, false);
            case Step.Open one -> {
                String key = one.wrong().key();
                put(rows, key, rows.get(key).since(), now, true);
                told.add("open " + key);
            }
            case Step.GoOn on -> {
                Incident known = rows.get(on.wrong().key());
                put(rows, known.key(), known.since(), now, known.opened());
            }
            case Step.Close close -> told.add("close " + remove(rows, close.id()));
            case Step.Forget forget -> remove(rows, forget.id());
        }
    }

    private static void put(Map<String, Incident> rows, String key, Instant since, Instant seen, boolean opened) {
        rows.put(key, new Incident(key.hashCode(), key, since, seen, opened));
    }

    private static String remove(Map<String, Incident> rows, long id) {
        String key = rows.values().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow()
                .key();
        rows.remove(key);
        return key;
    }
}
