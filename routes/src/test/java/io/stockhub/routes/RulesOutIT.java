package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.Command;
import io.stockhub.stock.availability.RulesDesk.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the rules make of the stock reaches the channel, and what is sold takes its bundles along. */
class RulesOutIT {
    private final RoutesFixture hub = new RoutesFixture();

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private void apply(String document) {
        assertThat(hub.rules.apply(document, "paul", null, null)).isInstanceOf(Outcome.Applied.class);
    }

    private long told(String sku) {
        hub.connectors.shows.putIfAbsent(sku, 0L);
        hub.publish();
        while (hub.dispatcher.step().isZero()) {}
        return hub.connectors.shows.get(sku);
    }

    @Test
    void appliedRulesAreToldToTheChannelAndARollbackIsToo() {
        hub.listed("MUG", 10);
        apply("channels: {shop: {buffer: 3}}");
        assertThat(told("MUG")).isEqualTo(7);
        apply("channels: {shop: {floor: 20}}");
        assertThat(told("MUG")).isZero();
        apply("channels: {shop: {buffer: 3}}");
        assertThat(told("MUG")).isEqualTo(7);
        assertThat(hub.listing("MUG").ats()).isEqualTo(7);
    }

    @Test
    void aSaleOfAComponentLowersItsBundle() {
        hub.sku("MUG");
        hub.sku("SET");
        hub.jdbc
                .sql("insert into sku_component (sku, component, quantity) values ('SET', 'MUG', 2)")
                .update();
        hub.stock("MUG", 10);
        assertThat(told("SET")).isEqualTo(5);
        hub.stock
                .master()
                .execute(new Command.Reserve(
                        "shop",
                        "1001",
                        Command.Policy.ALL_OR_NOTHING,
                        null,
                        null,
                        "shop",
                        null,
                        List.of(new Command.Line("MUG", 3))));
        assertThat(told("SET")).isEqualTo(3);
        assertThat(told("MUG")).isEqualTo(7);
    }

    @Test
    void whatIsListedWhileRulesChangeFollowsTheNewestRules() {
        hub.listed("MUG", 10);
        hub.stock("MUG", 9);
        apply("channels: {shop: {cap: 4}}");
        hub.stock("MUG", 8);
        assertThat(told("MUG")).isEqualTo(4);
        assertThat(hub.number("select count(*) from changed_sku")).isZero();
    }
}
