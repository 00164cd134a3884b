package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.InboundDesk.Difference;
import io.stockhub.stock.InboundDesk.Line;
import io.stockhub.stock.InboundDesk.Name;
import io.stockhub.stock.inbound.JdbcDiscrepancies;
import io.stockhub.stock.inbound.JdbcInbounds;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboundDeskIT {
    private static final Name ASN = new Name("NORTH", "ASN-1");

    private StockFixture stock;
    private InboundDesk desk;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        stock.sku("TEE");
        stock.sku("MUG");
        desk = new JdbcInbounds(stock.dataSource());
    }

    @AfterEach
    void verify() throws Exception {
        StockQueries.LedgerReport report = stock.queries.verify();
        assertThat(report.passes()).as("%s", report).isTrue();
        stock.close();
    }

    private Answer move(
            MovementKind kind, String location, String reference, String sku, long quantity, @Nullable StockState to) {
        Goods goods = to == null ? Goods.ANY : Goods.ANY.withTo(to);
        return stock.master.execute(new Command.Move(
                kind,
                location,
                reference,
                null,
                null,
                "tester",
                null,
                List.of(new Command.Line(sku, quantity, goods))));
    }

    private void announce(String sku, long quantity) {
        assertThat(move(MovementKind.EXPECT, "NORTH", "ASN-1", sku, quantity, null))
                .isInstanceOf(Answer.Moved.class);
    }

    private long receive(String sku, long quantity, @Nullable StockState to) {
        Answer answer = move(MovementKind.RECEIPT, "NORTH", "ASN-1", sku, quantity, to);
        return ((Answer.Moved) answer).movementId();
    }

    private Line line(String sku) {
        return desk.inbound(ASN).orElseThrow().lines().stream()
                .filter(line -> line.sku().equals(sku))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsAnnouncedIsStillToCome() {
        announce("TEE", 10);

        assertThat(line("TEE")).isEqualTo(new Line("TEE", 10, 0, 10, 0, 0));
        assertThat(desk.inbounds(true, "NORTH", null, 10))
                .containsExactly(new InboundDesk.Head(ASN, null, null, 10, 10, 0));
    }

    @Test
    void receiptsInPartsRelieveWhatIsExpected() {
        announce("TEE", 10);
        receive("TEE", 4, null);
        receive("TEE", 3, StockState.INSPECTION);

        assertThat(line("TEE")).isEqualTo(new Line("TEE", 10, 7, 3, 0, 0));
    }

    @Test
    void damagedAndOverAreShownAndListed() {
        announce("TEE", 10);
        receive("TEE", 2, StockState.DAMAGED);
        receive("TEE", 11, null);

        assertThat(line("TEE")).isEqualTo(new Line("TEE", 10, 13, 0, 3, 2));
        assertThat(desk.inbound(ASN).orElseThrow().discrepancies())
                .extracting(found -> found.quantity() + " " + found.kind().named(found.sku()))
                .containsExactly("2 damaged of TEE", "3 over of TEE");
        assertThat(desk.differences(ASN))
                .containsExactly(
                        new Difference("TEE", DiscrepancyKind.DAMAGED, 2),
                        new Difference("TEE", DiscrepancyKind.OVER, 3));
    }

    @Test
    void aSkuThatNobodyAnnouncedIsOver() {
        announce("TEE", 1);
        receive("MUG", 2, null);

        assertThat(line("MUG")).isEqualTo(new Line("MUG", 0, 2, 0, 2, 0));
    }

    @Test
    void aReversedReceiptWasNeverReceived() {
        announce("TEE", 10);
        long wrong = receive("TEE", 12, StockState.DAMAGED);

        stock.master.execute(new Command.Reverse(wrong, "wrong pallet", "tester", null));

        assertThat(line("TEE")).isEqualTo(new Line("TEE", 10, 0, 10, 0, 0));
        assertThat(desk.inbound(ASN).orElseThrow().discrepancies())
                .extracting(DiscrepancyDesk.Discrepancy::resolution)
                .containsOnly("reversed");
    }

    @Test
    void receiptsOfTheSameReferenceElsewhereAreNotIts() {
        announce("TEE", 10);
        move(MovementKind.RECEIPT, "SOUTH", "ASN-1", "TEE", 5, null);

        assertThat(line("TEE").received()).isZero();
    }

    @Test
    void whatMustBeNamedBeforeClosingIsWhatTheLedgerAsksFor() {
        announce("TEE", 10);
        announce("MUG", 2);
        receive("TEE", 8, null);
        receive("MUG", 3, null);

        List<Difference> differences = desk.differences(ASN);
        Answer incomplete = close(differences.subList(0, 1));
        Answer complete = close(differences);

        assertThat(differences)
                .containsExactly(
                        new Difference("MUG", DiscrepancyKind.OVER, 1),
                        new Difference("TEE", DiscrepancyKind.SHORT, 2));
        assertThat(incomplete).isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.code())
                .isEqualTo(RefusalCode.UNRECONCILED));
        assertThat(complete).isInstanceOf(Answer.Moved.class);
        assertThat(desk.differences(ASN)).isEmpty();
        assertThat(line("TEE")).isEqualTo(new Line("TEE", 10, 8, 0, 0, 0));
        assertThat(desk.inbound(ASN).orElseThrow().discrepancies())
                .allSatisfy(found -> assertThat(found.resolution()).isEqualTo("accepted"))
                .allSatisfy(found -> assertThat(found.resolvedBy()).isEqualTo("tester"));
        assertThat(desk.inbounds(true, null, null, 10)).isEmpty();
        assertThat(desk.inbounds(false, null, null, 10)).hasSize(1);
    }

    private Answer close(List<Difference> differences) {
        return stock.master.execute(new Command.CloseInbound(
                "NORTH",
                "ASN-1",
                "tester",
                null,
                differences.stream()
                        .map(found -> new Command.Resolution(found.sku(), found.kind(), "accepted", null))
                        .toList()));
    }

    @Test
    void listsGoOnAfterTheLastName() {
        for (String name : List.of("NORTH/A", "NORTH/B", "SOUTH/A")) {
            String[] parts = name.split("/");
            move(MovementKind.EXPECT, parts[0], parts[1], "TEE", 1, null);
        }

        assertThat(desk.inbounds(null, null, new Name("NORTH", "A"), 1))
                .extracting(InboundDesk.Head::name)
                .containsExactly(new Name("NORTH", "B"));
        assertThat(desk.inbounds(null, "SOUTH", null, 5))
                .extracting(InboundDesk.Head::name)
                .containsExactly(new Name("SOUTH", "A"));
    }

    @Test
    void whenItIsExpectedIsShown() {
        Instant when = Instant.parse("2030-01-01T00:00:00Z");
        stock.master.execute(new Command.Move(
                MovementKind.EXPECT,
                "NORTH",
                "ASN-1",
                null,
                null,
                "tester",
                null,
                MoveDetails.expectedAt(when),
                List.of(new Command.Line("TEE", 1))));

        assertThat(desk.inbound(ASN).orElseThrow().expectedAt()).isEqualTo(when);
    }

    @Test
    void discrepanciesOfAnInboundAreResolvedByClosingItAlone() {
        announce("TEE", 1);
        receive("TEE", 2, null);
        DiscrepancyDesk discrepancies = new JdbcDiscrepancies(stock.dataSource());
        long id = discrepancies
                .discrepancies(true, DiscrepancyDesk.Document.INBOUND, 0, 10)
                .getFirst()
                .id();

        assertThat(discrepancies.resolve(id, "accepted", null, "tester"))
                .isInstanceOf(DiscrepancyDesk.Resolved.OfAnInbound.class);
        assertThat(discrepancies.resolve(999, "accepted", null, "tester"))
                .isEqualTo(new DiscrepancyDesk.Resolved.Unknown());
    }

    @Test
    void anAnnouncementCorrectedBelowWhatCameMakesTheRestOver() {
        announce("TEE", 10);
        receive("TEE", 8, null);
        announce("TEE", 5);

        assertThat(line("TEE")).isEqualTo(new Line("TEE", 5, 8, 0, 3, 0));
        assertThat(desk.differences(ASN)).containsExactly(new Difference("TEE", DiscrepancyKind.OVER, 3));
        assertThat(close(List.of())).isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.code())
                .isEqualTo(RefusalCode.UNRECONCILED));
        assertThat(close(desk.differences(ASN))).isInstanceOf(Answer.Moved.class);
    }

    @Test
    void anAnnouncementCorrectedToWhatCameExpectsNothingMoreAndNothingIsOver() {
        announce("TEE", 10);
        receive("TEE", 12, null);
        announce("TEE", 12);

        assertThat(line("TEE")).isEqualTo(new Line("TEE", 12, 12, 0, 0, 0));
        assertThat(desk.differences(ASN)).isEmpty();
        assertThat(close(List.of())).isInstanceOf(Answer.Moved.class);
    }

    @Test
    void aCorrectionThatIsRepeatedChangesNothing() {
        announce("TEE", 10);
        receive("TEE", 8, null);
        announce("TEE", 5);
        announce("TEE", 5);

        assertThat(line("TEE")).isEqualTo(new Line("TEE", 5, 8, 0, 3, 0));
        announce("TEE", 10);
        assertThat(line("TEE")).isEqualTo(new Line("TEE", 10, 8, 2, 0, 0));
    }

    @Test
    void aReceiptThatIsReversedIsExpectedAgainAsFarAsItIsStillAnnounced() {
        announce("TEE", 10);
        long receipt = receive("TEE", 10, null);
        announce("TEE", 4);
        assertThat(line("TEE")).isEqualTo(new Line("TEE", 4, 10, 0, 6, 0));

        stock.reverse(receipt);

        assertThat(line("TEE")).isEqualTo(new Line("TEE", 4, 0, 4, 0, 0));
        assertThat(desk.differences(ASN)).containsExactly(new Difference("TEE", DiscrepancyKind.SHORT, 4));
    }

    @Test
    void whatCameUnderTheNumberBeforeItWasAnnouncedIsNotAgainstIt() {
        long early = receive("TEE", 5, null);
        announce("TEE", 10);
        assertThat(line("TEE")).isEqualTo(new Line("TEE", 10, 0, 10, 0, 0));

        stock.reverse(early);

        assertThat(line("TEE")).isEqualTo(new Line("TEE", 10, 0, 10, 0, 0));
    }

    @Test
    void announcingLessBeforeAnythingCameIsNoDifference() {
        announce("TEE", 10);
        announce("TEE", 0);
        announce("TEE", 0);

        assertThat(desk.differences(ASN)).isEmpty();
        assertThat(line("TEE")).isEqualTo(new Line("TEE", 0, 0, 0, 0, 0));
    }
}
