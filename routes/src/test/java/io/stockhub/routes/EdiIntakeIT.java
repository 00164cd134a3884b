package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.routes.EdiDesk.Outcome;
import io.stockhub.routes.EdiDesk.Reception;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Command;
import io.stockhub.stock.DiscrepancyKind;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.Tracking;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An interchange is taken whole or not at all, answered, and posted once. */
class EdiIntakeIT {
    private static final byte[] ONE = Depot.interchange("000000451", "P", Depot.receipt("0001", "GRN-1", "MUG", "12"));

    private RoutesFixture hub;
    private EdiDesk desk;

    @BeforeEach
    void startHub() {
        hub = new RoutesFixture();
        hub.sku("MUG");
        desk = Depot.intake(hub);
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private Reception receive(byte[] bytes) {
        return desk.receive(bytes, "test");
    }

    private static String answer(Reception reception) {
        return new String(reception.acknowledgement(), StandardCharsets.US_ASCII);
    }

    @Test
    void aReceiptIsAnsweredAndPosted() {
        Reception reception = receive(ONE);
        assertThat(reception.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(answer(reception)).contains("AK9*A");
        assertThat(hub.available("MUG")).as("business comes after the answer").isZero();
        hub.work();
        assertThat(hub.available("MUG")).isEqualTo(12);
        assertThat(hub.states()).containsExactly("done APPLIED");
    }

    @Test
    void theSameInterchangeAgainGetsTheSameAnswerAndPostsNothing() {
        Reception first = receive(ONE);
        hub.work();
        Reception second = receive(ONE);
        assertThat(second.outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(second.acknowledgement()).isEqualTo(first.acknowledgement());
        hub.work();
        assertThat(hub.available("MUG")).isEqualTo(12);
        assertThat(hub.states()).hasSize(1);
    }

    @Test
    void theSameInterchangeInManyThreadsAtOnceIsPostedOnce() throws Exception {
        List<Reception> receptions = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Reception> task = () -> receive(ONE);
            for (Future<Reception> future : threads.invokeAll(Collections.nCopies(6, task))) {
                receptions.add(future.get());
            }
        }
        hub.work();
        assertThat(hub.available("MUG")).isEqualTo(12);
        assertThat(receptions.stream().filter(one -> one.outcome() == Outcome.ACCEPTED))
                .hasSize(1);
        assertThat(receptions.stream().filter(one -> one.outcome() == Outcome.DUPLICATE))
                .hasSize(5);
        assertThat(receptions.stream().map(EdiIntakeIT::answer).distinct()).hasSize(1);
    }

    @Test
    void aControlNumberThatWasUsedForSomethingElseIsRefused() {
        receive(ONE);
        Reception other = receive(Depot.interchange("000000451", "P", Depot.receipt("0001", "GRN-2", "MUG", "5")));
        assertThat(other.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(answer(other)).contains("TA1*000000451").contains("*R*025");
        hub.work();
        assertThat(hub.available("MUG")).isEqualTo(12);
        assertThat(hub.onlyLetter().code()).isEqualTo("edi.rejected");
        assertThat(receive(ONE).outcome()).as("the first one is still known").isEqualTo(Outcome.DUPLICATE);
    }

    @Test
    void theSameReceiptInAnotherInterchangeTakesEffectOnce() {
        receive(ONE);
        receive(Depot.interchange("000000452", "P", Depot.receipt("0001", "GRN-1", "MUG", "12")));
        hub.work();
        assertThat(hub.available("MUG")).isEqualTo(12);
        assertThat(hub.states()).containsExactlyInAnyOrder("done APPLIED", "done ALREADY_APPLIED");
    }

    @Test
    void aReceiptNumberThatWasUsedForSomethingElseWaitsForAPerson() {
        receive(ONE);
        hub.work();
        receive(Depot.interchange("000000452", "P", Depot.receipt("0001", "GRN-1", "MUG", "13")));
        hub.work();
        assertThat(hub.onlyLetter().code()).isEqualTo("stock.key_conflict");
        assertThat(hub.available("MUG")).isEqualTo(12);
    }

    @Test
    void aTestInterchangeIsAnsweredAndPostsNothing() {
        Reception reception = receive(Depot.interchange("000000451", "T", Depot.receipt("0001", "GRN-1", "MUG", "12")));
        assertThat(reception.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(answer(reception)).contains("AK9*A");
        assertThat(hub.states()).isEmpty();
    }

    @Test
    void aBadDocumentDoesNotKeepTheGoodOneBesideItFromBeingTaken() {
        String bad = Depot.receipt("0002", "GRN-2", "MUG", "5").replace("SE*6*", "SE*9*");
        Reception reception =
                receive(Depot.interchange("000000451", "P", Depot.receipt("0001", "GRN-1", "MUG", "12"), bad));
        assertThat(reception.outcome()).isEqualTo(Outcome.PARTLY_ACCEPTED);
        assertThat(answer(reception)).contains("AK9*P");
        hub.work();
        assertThat(hub.available("MUG")).isEqualTo(12);
        assertThat(hub.onlyLetter().message()).contains("0002");
    }

    @Test
    void whatIsNotEdiAtAllIsKeptInTheDeadLetters() {
        for (String junk : List.of("hello", "", "\0\0\0", "ISA*00")) {
            byte[] bytes = junk.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(receive(bytes).outcome()).isEqualTo(Outcome.UNREADABLE);
            long letter = hub.openLetters().getFirst().id();
            assertThat(hub.deadLetters.get(letter).orElseThrow().payload()).isEqualTo(bytes);
        }
        assertThat(hub.openLetters()).hasSize(4);
    }

    @Test
    void junkBesideAnInterchangeDoesNotKeepItFromBeingTaken() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("junk ".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(ONE);
        assertThat(receive(file.toByteArray()).outcome()).isEqualTo(Outcome.UNREADABLE);
        hub.work();
        assertThat(hub.available("MUG")).isEqualTo(12);
        assertThat(hub.openLetters()).hasSize(1);
    }

    @Test
    void namesThatTheDatabaseCannotKeepAreKeptAllTheSame() {
        for (String place : List.of("HARBOURDEPOT   ", "STOCKHUB       ", "GRN-1", "MUG")) {
            String odd = new String(ONE, StandardCharsets.ISO_8859_1)
                    .replace(place, place.substring(0, place.length() - 1) + "\0");
            receive(odd.getBytes(StandardCharsets.ISO_8859_1));
        }
        hub.work();
        assertThat(hub.available("MUG")).isZero();
        assertThat(hub.openLetters()).hasSize(4);
    }

    @Test
    void anInterchangeThatCannotBeStoredIsNotAnswered() {
        hub.dataSource.breakOnce("insert into edi_interchange");
        assertThatThrownBy(() -> receive(ONE)).isInstanceOf(RuntimeException.class);
        assertThat(hub.states()).as("nor half of it kept").isEmpty();
        assertThat(receive(ONE).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void aReceiptOfAnUnknownItemOrLocationOrUnitSaysWhich() {
        receive(Depot.interchange("000000451", "P", Depot.receipt("0001", "GRN-1", "GHOST", "1")));
        receive(Depot.interchange(
                "000000452", "P", Depot.receipt("0001", "GRN-2", "MUG", "1").replace("*NORTH~", "*EAST~")));
        receive(Depot.interchange(
                "000000453", "P", Depot.receipt("0001", "GRN-3", "MUG", "1").replace("*EA*", "*CA*")));
        hub.work();
        assertThat(hub.openLetters())
                .extracting(DeadLetters.DeadLetter::code)
                .containsExactlyInAnyOrder("stock.unknown_sku", "stock.unknown_location", "stock.unknown_unit");
        assertThat(hub.openLetters())
                .extracting(DeadLetters.DeadLetter::orderRef)
                .contains("GRN-1", "GRN-2", "GRN-3");
        assertThat(hub.available("MUG")).isZero();
    }

    @Test
    void goodsCountedInCasesComeInAsUnits() {
        hub.stock
                .catalogue()
                .put(Catalogue.Sku.builder("MUG", "Mug").unit("CA", 12).build());
        receive(Depot.interchange(
                "000000451", "P", Depot.receipt("0001", "GRN-1", "MUG", "2").replace("*EA*", "*CA*")));
        hub.work();
        assertThat(hub.available("MUG")).isEqualTo(24);
    }

    @Test
    void aReceiptForAnAnnouncedPurchaseOrderRelievesWhatIsExpectedOfIt() {
        hub.stock
                .master()
                .execute(new Command.Move(
                        MovementKind.EXPECT,
                        "NORTH",
                        "PO-2207",
                        null,
                        null,
                        "buyer",
                        null,
                        List.of(new Command.Line("MUG", 20))));
        receive(ONE);
        hub.work();
        assertThat(hub.available("MUG")).isEqualTo(12);
        assertThat(hub.jdbc
                        .sql("select quantity from account where state = 'expected' and holder = 'PO-2207'")
                        .query(Long.class)
                        .single())
                .isEqualTo(8);
        // The same receipt again, in another interchange, after the order was closed: still the same receipt.
        hub.stock
                .master()
                .execute(new Command.CloseInbound(
                        "NORTH",
                        "PO-2207",
                        "buyer",
                        null,
                        List.of(new Command.Resolution("MUG", DiscrepancyKind.SHORT, "accepted", null))));
        receive(Depot.interchange("000000452", "P", Depot.receipt("0001", "GRN-1", "MUG", "12")));
        hub.work();
        assertThat(hub.states()).containsExactlyInAnyOrder("done APPLIED", "done ALREADY_APPLIED");
        assertThat(hub.available("MUG")).isEqualTo(12);
    }

    @Test
    void aReceiptThatTheLedgerRefusesSaysWhy() {
        hub.stock
                .catalogue()
                .put(Catalogue.Sku.builder("MUG", "Mug").tracking(Tracking.LOT).build());
        receive(ONE);
        hub.work();
        assertThat(hub.onlyLetter().code()).isEqualTo("stock.lot_missing");
        assertThat(hub.available("MUG")).isZero();
    }
}
