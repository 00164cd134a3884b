package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.connectors.Failure;
import io.stockhub.connectors.QuantityResult.Outcome;
import io.stockhub.routes.DeadLetters.DeadLetter;
import io.stockhub.routes.Replays.Item;
import io.stockhub.routes.Replays.Progress;
import io.stockhub.routes.Replays.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replayed stock update sends today's number; what cannot be read is not replayed at all. */
class ReplayedUpdatesIT {
    private final RoutesFixture hub = new RoutesFixture();

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private static Request ids(Long... ids) {
        return new Request(List.of(ids), null, false, null, "fixed", "me");
    }

    private static Request dry(Long... ids) {
        return new Request(List.of(ids), null, true, null, null, "me");
    }

    private Progress run(Request request) {
        long replay = hub.replays.start(request);
        while (hub.replays.step().isZero()) {}
        return hub.replays.progress(replay).orElseThrow();
    }

    private String outcome(Request request) {
        return run(request).items().getFirst().outcome();
    }

    private void refuseMug() {
        hub.connectors.nextAnswers(Outcome.REJECTED, "channel.refused");
        hub.stock("MUG", 5);
        hub.publish();
        hub.dispatcher.step();
    }

    @Test
    void aReplayedStockUpdateSendsTodaysNumber() {
        hub.listed("MUG", 10);
        refuseMug();
        DeadLetter letter = hub.onlyLetter();
        hub.stock("MUG", 3);
        hub.publish();
        assertThat(outcome(dry(letter.id()))).isEqualTo("applied");
        assertThat(outcome(ids(letter.id()))).isEqualTo("applied");
        assertThat(hub.connectors.shows).containsEntry("MUG", 3L);
        assertThat(hub.openLetters()).isEmpty();
    }

    @Test
    void aStockUpdateThatIsRefusedAgainSaysSoInTheChannelsWords() {
        hub.listed("MUG", 10);
        refuseMug();
        long letter = hub.onlyLetter().id();
        hub.connectors.nextAnswers(Outcome.REJECTED, "channel.refused");
        assertThat(run(ids(letter)).items()).containsExactly(new Item(letter, "failed", "said the channel"));
        assertThat(hub.onlyLetter().id()).isEqualTo(letter);
    }

    @Test
    void aStockUpdateWhoseListingIsRightAlreadyIsNotSentAgain() {
        hub.listed("MUG", 10);
        refuseMug();
        long letter = hub.onlyLetter().id();
        hub.stock("MUG", 3);
        hub.publish();
        hub.dispatcher.step();
        hub.connectors.told.clear();
        assertThat(outcome(ids(letter))).isEqualTo("already-applied");
        assertThat(hub.connectors.told).isEmpty();
    }

    @Test
    void whatCouldNotBeReadAsEdiIsSentAgainByThePartnerAndNotByUs() {
        hub.deadLetters.addUnreadable(
                "depot",
                new Failure(Failure.Kind.POISON, Failure.Stage.DECODE, "decode.unreadable", "no ISA", null),
                "junk".getBytes(StandardCharsets.UTF_8),
                "application/edi-x12");
        long letter = hub.onlyLetter().id();
        assertThat(outcome(dry(letter))).isEqualTo("failed");
        assertThat(outcome(ids(letter))).isEqualTo("failed");
        assertThat(hub.openLetters()).hasSize(1);
    }
}
