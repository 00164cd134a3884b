package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.StockQueries.SkuTotals;
import io.stockhub.stock.availability.AvailabilityDesk.Offer;
import io.stockhub.stock.availability.ChannelRule;
import io.stockhub.stock.jdbc.JdbcAvailability;
import io.stockhub.stock.jdbc.JdbcExpectedStock;
import io.stockhub.stock.jdbc.RuleBook;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of SKUs: a page is found by an index, and says what the accounts say. */
class SkuListsIT {
    private static StockFixture stock;

    @BeforeAll
    static void someSkus() {
        stock = new StockFixture();
        for (String sku : List.of("A_1", "A-1", "B%", "LAMP", "TEE", "ÉCLAIR")) {
            stock.sku(sku);
        }
        stock.bundle("SET", "TEE", 2);
        stock.receive("TEE", "NORTH", 10);
        stock.receive("TEE", "SOUTH", 5);
        stock.master.execute(stock.order("1", Command.Policy.ALL_OR_NOTHING, new Command.Line("TEE", 4)));
    }

    @AfterAll
    static void stop() throws Exception {
        stock.close();
    }

    private static List<String> found(String text) {
        return stock.queries.list(null, 100, text).stream().map(SkuTotals::sku).toList();
    }

    @Test
    void pagesFollowByKeyWithTheirTotals() {
        List<SkuTotals> all = stock.queries.list(null, 100, null);
        assertThat(all).extracting(SkuTotals::sku).isSorted().hasSize(7);
        assertThat(all)
                .contains(new SkuTotals("TEE", "Title of TEE", 11, 4), new SkuTotals("SET", "Title of SET", 0, 0));
        List<SkuTotals> first = stock.queries.list(null, 3, null);
        List<SkuTotals> rest = stock.queries.list(first.getLast().sku(), 100, null);
        assertThat(first).isEqualTo(all.subList(0, 3));
        assertThat(rest).isEqualTo(all.subList(3, 7));
    }

    @ParameterizedTest
    @CsvSource({"tee,TEE", "OF LA,LAMP", "a_,A_1", "b%,B%", "éclair,ÉCLAIR", "ee,TEE", "\\,", "nothing like it,"})
    void anyPartOfCodeOrTitleIsFoundWhateverItsCaseAndSigns(String text, String sku) {
        assertThat(found(text)).isEqualTo(sku == null ? List.of() : List.of(sku));
    }

    @Test
    void aSearchIsPagedAsTheListIs() {
        assertThat(stock.queries.list("A_1", 2, "title of"))
                .extracting(SkuTotals::sku)
                .containsExactly("B%", "LAMP");
    }

    @Test
    void theSearchHasAnIndex() {
        assertThat(stock.rows("select indexname from pg_indexes where indexname = 'sku_search'"))
                .hasSize(1);
    }

    @Test
    void manySkusAreOfferedInOneSnapshot() {
        JdbcAvailability desk = new JdbcAvailability(
                stock.dataSource(),
                new RuleBook(List.of(ChannelRule.base("shop", List.of("NORTH", "SOUTH"), 1))),
                new JdbcExpectedStock(),
                Clock.systemUTC());
        assertThat(desk.offers(List.of("TEE", "SET", "LAMP", "NOPE")).offers())
                .containsExactly(
                        new Offer("LAMP", 0, 0, Map.of("shop", 0L)),
                        new Offer("SET", 0, 0, Map.of("shop", 4L)),
                        new Offer("TEE", 11, 4, Map.of("shop", 10L)));
        assertThat(desk.offers(List.of("TEE")).channels()).containsExactly("shop");
    }
}
