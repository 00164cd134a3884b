package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.jdbc.JdbcRouting;
import io.stockhub.stock.jdbc.RuleBook;
import io.stockhub.stock.routing.Candidate;
import io.stockhub.stock.routing.RoutingDesk;
import io.stockhub.stock.routing.RoutingDesk.Trial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutingDeskIT {
    private static final String RULES =
            """
            routing:
              lanes:
                - {from: NORTH, to: {country: ID}, cost: 900}
                - {from: SOUTH, to: {country: ID}, cost: 100}
            """;

    private StockFixture stock;
    private RoutingDesk desk;

    @BeforeEach
    void start() {
        stock = new StockFixture();
        desk = new JdbcRouting(stock.dataSource(), new RuleBook(List.of()));
        stock.sku("TEE");
        stock.receive("TEE", "NORTH", 5);
        stock.receive("TEE", "SOUTH", 5);
    }

    @AfterEach
    void close() throws Exception {
        stock.close();
    }

    private static RoutingDesk.Question order(String sku, long units) {
        return new RoutingDesk.Question("shop", null, null, new Command.ShipTo("ID", null, null), Map.of(sku, units));
    }

    private Trial.Routed routed(long units) {
        return (Trial.Routed) desk.tryOut(order("TEE", units));
    }

    private static List<String> chosen(Trial.Routed routed) {
        return routed.plan().candidates().stream()
                .filter(Candidate::chosen)
                .findFirst()
                .orElseThrow()
                .locations();
    }

    @Test
    void itSaysWhatTheLedgerDoesUnderTheRulesThatHold() {
        assertThat(chosen(routed(2))).as("no rules: by priority").containsExactly("NORTH");

        stock.rules(RULES);

        Trial.Routed trial = routed(2);
        assertThat(chosen(trial)).as("the cheaper lane").containsExactly("SOUTH");
        assertThat(trial.plan().candidates()).allSatisfy(candidate -> assertThat(candidate.score())
                .isEqualTo(candidate.parts().stream()
                        .mapToLong(io.stockhub.stock.routing.Part::points)
                        .sum()));
        Reservation real = stock.held(stock.master.execute(new Command.Reserve(
                "shop",
                "1",
                Command.Policy.ALL_OR_NOTHING,
                new Command.ShipTo("ID", null, null),
                null,
                "t",
                null,
                List.of(new Command.Line("TEE", 2)))));
        assertThat(real.lines()).isEqualTo(trial.lines());
    }

    @Test
    void askingReservesNothing() {
        routed(3);

        assertThat(stock.available("TEE", "NORTH")).isEqualTo(5);
        assertThat(stock.rows("select 1 from reservation")).isEmpty();
        assertThat(stock.queries.verify().passes()).isTrue();
    }

    @Test
    void whatIsNotThereWaitsAndWhatIsInTransitIsNotThere() {
        stock.master.execute(new Command.Move(
                MovementKind.TRANSFER_SHIP,
                "NORTH",
                "T-1",
                null,
                null,
                "t",
                null,
                MoveDetails.to("SOUTH", null),
                List.of(new Command.Line("TEE", 4))));

        assertThat(routed(8).lines().getFirst().backordered()).isEqualTo(2);
    }

    @Test
    void aSkuThatNobodyCreatedIsNamed() {
        assertThat(desk.tryOut(order("GHOST", 1))).isEqualTo(new Trial.UnknownSku(0, "GHOST"));
    }
}
