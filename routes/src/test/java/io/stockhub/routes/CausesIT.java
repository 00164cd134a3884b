package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.connectors.Failure;
import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.routes.DeadLetters.CauseGroup;
import io.stockhub.routes.DeadLetters.Discarded;
import io.stockhub.routes.DeadLetters.Filter;
import io.stockhub.routes.Replays.Fix;
import io.stockhub.routes.Replays.Fixed;
import io.stockhub.routes.inbox.InboxMessage;
import io.stockhub.stock.Catalogue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One fix is one group, with what it costs to wait; mending it, or deciding that it shall have no effect. */
class CausesIT {
    private RoutesFixture hub;

    @BeforeEach
    void startHub() {
        hub = new RoutesFixture();
        hub.sku("MUG");
        hub.stock("MUG", 10);
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private void arrives(String orderRef, String... lines) {
        hub.arrives("m-" + orderRef, CanonicalOrder.open(orderRef, lines));
    }

    private List<CauseGroup> groups() {
        return hub.deadLetters.byCause(Filter.OPEN);
    }

    private CauseGroup onlyGroup() {
        assertThat(groups()).hasSize(1);
        return groups().getFirst();
    }

    private static Fix alias(String cause, String sku) {
        return new Fix(cause, "alias", sku, "new name", "me", null);
    }

    @Test
    void ordersThatMissTheSameNameAreOneCauseAndOtherNamesOthers() {
        arrives("1001", "CAP*2");
        arrives("1002", "CAP*3");
        arrives("1003", "HAT*1");
        hub.work();
        assertThat(groups()).extracting(CauseGroup::count).containsExactly(2L, 1L);
        CauseGroup cap = groups().getFirst();
        assertThat(cap.about().connector()).isEqualTo(hub.channel.account().connector());
        assertThat(cap.about().field()).isEqualTo("CAP");
        assertThat(cap.channels()).containsExactly("shop");
        assertThat(List.of(cap.flow(), cap.stage(), cap.kind(), cap.code()))
                .containsExactly("orders-in", "ledger", "permanent", "stock.unknown_sku");
        assertThat(cap.skus()).isEqualTo(1);
        assertThat(cap.example())
                .isEqualTo(hub.number("select max(dead_letter_id) from dead_letter where sku = 'CAP'"));
    }

    @Test
    void theSameNameAtAnotherAccountIsAnotherCauseForItNeedsAnotherAlias() {
        arrives("1001", "CAP*2");
        InboxMessage message = RoutesFixture.message(
                "m-2", "1001", CanonicalOrder.open("1001", "CAP*2").json());
        hub.inbox.add(new InboxMessage(
                message.flow(), "other", "m-2", "1001", message.mapping(), message.contentType(), message.payload()));
        hub.work();
        assertThat(groups()).hasSize(2);
    }

    @Test
    void whatAConnectorRefusesIsOneCauseForAllItsAccounts() {
        Failure failure = new Failure(
                Failure.Kind.POISON, Failure.Stage.DECODE, "decode.unreadable", "no ISA in file 17.edi", null);
        hub.deadLetters.addUnreadable("depot", failure, new byte[] {1}, "application/edi-x12");
        hub.deadLetters.addUnreadable("yard", failure, new byte[] {2}, "application/edi-x12");
        assertThat(onlyGroup().channels()).containsExactly("depot", "yard");
    }

    @Test
    void whatDiffersFromMessageToMessageIsNoPartOfTheCause() {
        for (int i = 0; i < 3; i++) {
            Failure failure = new Failure(
                    Failure.Kind.POISON,
                    Failure.Stage.VALIDATE,
                    "validate.field",
                    "lines[" + i + "].quantity: \"" + i + "x\" (expected: a whole number)",
                    null);
            hub.deadLetters.addUnreadable("depot", failure, new byte[] {(byte) i}, "x");
        }
        assertThat(onlyGroup().about().field()).isEqualTo("lines[*].quantity");
    }

    @Test
    void theFieldThatTheCanonicalFormNamesTellsCausesApart() {
        hub.arrives("m-1", CanonicalOrder.open("1001", "MUG*-1"));
        hub.arrives("m-2", CanonicalOrder.open("1002", "MUG*1", "MUG*-7"));
        hub.inbox.add(RoutesFixture.message(
                "m-3",
                "1003",
                CanonicalOrder.open("1003", "MUG*1").json().replace("\"status\":\"open\"", "\"status\":\"begun\"")));
        hub.work();
        assertThat(groups())
                .extracting(group -> group.about().field(), CauseGroup::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("lines[*].quantity", 2L),
                        org.assertj.core.groups.Tuple.tuple("/status", 1L));
    }

    @Test
    void unitsAndMoneyAtStakeAreSumsOfWhatIsKnown() {
        hub.stock
                .catalogue()
                .put(Catalogue.Sku.builder("MUG", "Mug")
                        .cost(new BigDecimal("2.50"))
                        .build());
        arrives("1001", "MUG*4", "CAP*2");
        arrives("1002", "CAP*3");
        hub.mappings.fail("1003", ScriptedMappings.refusal());
        arrives("1003", "MUG*9");
        hub.work();
        CauseGroup cap = groups().getFirst();
        assertThat(cap.about().units()).isEqualTo(9);
        assertThat(cap.about().money())
                .as("of the mugs; nobody knows what a cap costs")
                .isEqualByComparingTo("10");
        assertThat(cap.unitsUnknown()).isZero();
        CauseGroup unread = groups().getLast();
        assertThat(unread.about().units()).isNull();
        assertThat(unread.about().money()).isNull();
        assertThat(unread.unitsUnknown()).isEqualTo(1);
    }

    @Test
    void aRefusedNumberPutsTheDifferenceAtStake() {
        hub.listed("MUG", 10);
        hub.connectors.nextAnswers(Outcome.REJECTED, "channel.refused");
        hub.stock("MUG", 4);
        hub.publish();
        hub.dispatcher.step();
        assertThat(onlyGroup().about().units()).isEqualTo(6);
    }

    @Test
    void twelveHundredFailuresOfOneMissingAliasAreClearedByOneEdit() {
        hub.sku("TEE");
        hub.stock("TEE", 5000);
        for (int i = 0; i < 1_200; i++) {
            arrives("" + (10_000 + i), "SHOP-TEE*1");
        }
        hub.work();
        CauseGroup cause = onlyGroup();
        assertThat(cause.count()).isEqualTo(1_200);
        assertThat(cause.about().units()).isEqualTo(1_200);
        Fixed fixed = hub.replays.fix(alias(cause.cause(), "TEE")).orElseThrow();
        assertThat(fixed).isEqualTo(new Fixed(fixed.replayId(), 1_200, "shop", "SHOP-TEE"));
        while (hub.replays.step().isZero()) {}
        assertThat(hub.replays.progress(fixed.replayId()).orElseThrow().job().counts())
                .containsOnly(java.util.Map.entry("applied", 1_200L));
        assertThat(hub.available("TEE")).isEqualTo(3_800);
        assertThat(hub.deadLetters.open()).isZero();
        assertThat(hub.text("select kind || ' ' || sku || ' ' || reason || ' ' || fixed_by from dead_letter_fix"))
                .isEqualTo("alias TEE new name me");
        assertThat(hub.replays.fix(alias(cause.cause(), "TEE")))
                .as("nothing is left")
                .isEmpty();
    }

    @Test
    void anAliasKeepsTheOtherNamesOfTheSku() {
        hub.sku("TEE", "T1");
        arrives("1001", "T2*1");
        hub.work();
        hub.replays.fix(alias(onlyGroup().cause(), "TEE"));
        assertThat(hub.stock.catalogue().sku("TEE").orElseThrow().aliases().get("shop"))
                .containsExactlyInAnyOrder("T1", "T2");
    }

    @Test
    void aFixThatDoesNotFitNamesTheFieldAndChangesNothing() {
        arrives("1001", "CAP*2");
        hub.work();
        String cause = onlyGroup().cause();
        refused(alias(cause, "NONE"), "sku: there is no SKU \"NONE\"");
        refused(new Fix(cause, "alias", null, null, "me", null), "sku: missing");
        refused(new Fix(cause, "magic", null, "x", "me", null), "kind: \"magic\"");
        refused(new Fix(cause, "mapping", "MUG", "x", "me", null), "sku: not with mapping");
        refused(new Fix(cause, "mapping", null, " ", "me", null), "reason: missing");
        refused(new Fix(cause, "alias", "MUG", null, "me", BigDecimal.ZERO), "rate: ");
        hub.mappings.fail("1002", ScriptedMappings.refusal());
        arrives("1002", "MUG*1");
        hub.work();
        refused(
                alias(
                        groups().stream()
                                .filter(g -> !g.cause().equals(cause))
                                .findFirst()
                                .orElseThrow()
                                .cause(),
                        "MUG"),
                "kind: an alias does not mend mapping.failed");
        assertThat(hub.number("select count(*) from replay") + hub.number("select count(*) from dead_letter_fix"))
                .isZero();
        assertThat(hub.stock.catalogue().sku("MUG").orElseThrow().aliases()).isEmpty();
    }

    private void refused(Fix fix, String words) {
        assertThatThrownBy(() -> hub.replays.fix(fix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(words);
    }

    @Test
    void whatWasChangedElsewhereIsNotedAndTheCauseSentAgain() {
        hub.mappings.fail("1001", ScriptedMappings.refusal());
        arrives("1001", "MUG*1");
        hub.work();
        Fix fix = new Fix(onlyGroup().cause(), "mapping", null, "reads the new field", "me", null);
        assertThat(hub.replays.fix(fix)).map(Fixed::alias).isEmpty();
        while (hub.replays.step().isZero()) {}
        assertThat(hub.states()).containsExactly("done APPLIED");
    }

    @Test
    void aCauseIsDiscardedWithItsMessagesAndWhoAndWhyIsKept() {
        arrives("1001", "CAP*2");
        arrives("1002", "CAP*2");
        arrives("1003", "HAT*2");
        hub.work();
        Discarded done = hub.deadLetters.discard(
                List.of(), new Filter(null, groups().getFirst().cause(), null, null, null), "test orders", "me");
        assertThat(done).isEqualTo(new Discarded(2, List.of()));
        assertThat(hub.states()).containsExactly("discarded", "discarded", "dead");
        long discarded = hub.number("select max(dead_letter_id) from dead_letter where state = 'discarded'");
        DeadLetters.About about = hub.deadLetters.get(discarded).orElseThrow().about();
        assertThat(about.closedBy()).isEqualTo("me");
        assertThat(about.closedReason()).isEqualTo("test orders");
    }

    @Test
    void whatCannotBeDiscardedStaysAndSaysWhy() {
        arrives("1001", "CAP*2");
        arrives("1002", "CAP*2");
        hub.work();
        hub.inbox.claimDead(
                hub.number("select inbox_id from dead_letter where dead_letter_id = 1"), Duration.ofMinutes(1));
        hub.deadLetters.addUnreadable(
                "depot",
                new Failure(Failure.Kind.POISON, Failure.Stage.DECODE, "decode.unreadable", "no ISA", null),
                new byte[] {1},
                "x");
        hub.listed("MUG", 10);
        hub.connectors.nextAnswers(Outcome.REJECTED, "channel.refused");
        hub.stock("MUG", 4);
        hub.publish();
        hub.dispatcher.step();
        Discarded done = hub.deadLetters.discard(List.of(1L, 2L, 3L, 4L), null, "no use", "me");
        assertThat(done.count()).as("an order and the file").isEqualTo(2);
        assertThat(done.refused())
                .extracting(DeadLetters.Refused::id, one -> one.message().split(":")[0])
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, "It is being tried again at this moment."),
                        org.assertj.core.groups.Tuple.tuple(4L, "A stock update cannot be discarded"));
        assertThat(hub.deadLetters.open()).isEqualTo(2);
        assertThat(hub.deadLetters
                        .discard(List.of(2L), null, "again", "you")
                        .refused()
                        .getFirst()
                        .message())
                .isEqualTo("It was discarded before.");
        assertThat(hub.deadLetters.get(2).orElseThrow().about().closedBy()).isEqualTo("me");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ids: there is no dead letter 99", "reason: missing", "ids: (expected"})
    void aWrongDiscardChangesNothing(String words) {
        arrives("1001", "CAP*2");
        hub.work();
        List<Long> ids = words.contains("99") ? List.of(1L, 99L) : words.startsWith("reason") ? List.of(1L) : List.of();
        String reason = words.startsWith("reason") ? " " : "why";
        assertThatThrownBy(() -> hub.deadLetters.discard(ids, null, reason, "me"))
                .hasMessageStartingWith(words);
        assertThat(hub.states()).containsExactly("dead");
        assertThat(Optional.of(hub.deadLetters.open())).contains(1L);
    }
}
