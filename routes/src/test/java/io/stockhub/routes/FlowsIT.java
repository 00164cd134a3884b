package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockhub.connectors.RawOrder;
import io.stockhub.routes.assembly.EdiSettings;
import io.stockhub.routes.assembly.Flows;
import io.stockhub.routes.assembly.StockParts;
import io.stockhub.routes.channel.Channels;
import io.stockhub.stock.Catalogue;
import io.stockhub.stock.Command;
import io.stockhub.stock.MovementKind;
import io.stockhub.stock.jdbc.JdbcAvailability;
import io.stockhub.stock.jdbc.JdbcCatalogue;
import io.stockhub.stock.jdbc.JdbcChangedSkus;
import io.stockhub.stock.jdbc.JdbcExpectedStock;
import io.stockhub.stock.jdbc.JdbcStockMaster;
import io.stockhub.stock.jdbc.JdbcStockQueries;
import io.stockhub.stock.jdbc.RuleBook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All flows together, moved by their own pumps as in the hub. */
class FlowsIT {
    @TempDir
    private Path data;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ScriptedConnectors connectors = new ScriptedConnectors();
    private FaultyDataSource dataSource;
    private StockParts stock;
    private Flows flows;

    @BeforeEach
    void startHub() throws Exception {
        DataSource database = TestDatabase.emptied();
        dataSource = new FaultyDataSource(database);
        RuleBook book = new RuleBook(List.of(TestChannel.plain().channel().rule()));
        stock = new StockParts(
                new JdbcStockMaster(database, () -> flows.stockChanged()),
                new JdbcStockQueries(database),
                new JdbcCatalogue(database),
                new JdbcChangedSkus(book),
                new JdbcAvailability(database, book, new JdbcExpectedStock(), Clock.systemUTC()));
        stock.catalogue().put(new Catalogue.Location("NORTH", "North", "warehouse", null, null, null, 1));
        stock.catalogue().put(Catalogue.Sku.of("MUG", "Mug"));
        flows = new Flows(
                dataSource,
                dataSource,
                camel,
                stock,
                new ScriptedMappings(),
                connectors,
                new Channels(List.of(TestChannel.plain().channel())),
                new EdiSettings(
                        Depot.PARTNERS, Depot.SENDERS, data.resolve("in"), data.resolve("out"), true, 1_000_000),
                RoutesFixture.INBOX,
                channel -> "closed",
                channel -> 1);
        stock.master()
                .execute(new Command.Move(
                        MovementKind.RECEIPT,
                        "NORTH",
                        "PO-1",
                        null,
                        null,
                        "tester",
                        null,
                        List.of(new Command.Line("MUG", 10))));
        connectors.orders.add(new RawOrder(
                "1001", Instant.now(), CanonicalOrder.open("1001", "MUG*2").json()));
        camel.start();
        flows.start();
    }

    @AfterEach
    void stopHub() {
        flows.close();
        camel.stop();
        stock.master().close();
    }

    private void drop(String name, String receiptRef, String quantity) throws Exception {
        Path writing = data.resolve("in").resolve(name + ".tmp");
        Files.write(writing, Depot.interchange("000000451", "P", Depot.receipt("0001", receiptRef, "MUG", quantity)));
        Files.move(writing, data.resolve("in").resolve(name));
    }

    private void shopShows(long quantity) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(connectors.shows).containsEntry("MUG", quantity));
    }

    @Test
    void anOrderAndAReceiptEndAsNumbersOfTheChannel() throws Exception {
        shopShows(8);
        drop("goods.edi", "GRN-1", "12");
        shopShows(20);
        assertThat(data.resolve("out")).isNotEmptyDirectory();
        assertThat(stock.queries().verify().passes()).isTrue();
    }

    @Test
    void aFileIsNotPutAsideWhileTheDatabaseIsDown() throws Exception {
        dataSource.breakOnce("insert into edi_interchange");
        drop("goods.edi", "GRN-1", "12");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(data.resolve("in/.done/goods.edi"))
                .exists());
        assertThat(dataSource.allMet()).isTrue();
        assertThat(flows.deadLetters().open()).isZero();
    }

    @Test
    void aStepThatFailsIsTriedAgain() throws Exception {
        dataSource.breakOnce("insert into listing");
        drop("goods.edi", "GRN-1", "12");
        shopShows(20);
    }
}
