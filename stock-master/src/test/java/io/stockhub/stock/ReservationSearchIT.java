package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.stock.Command.Policy;
import io.stockhub.stock.jdbc.JdbcReservations;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The search finds by status exactly what the reservations say of themselves. */
class ReservationSearchIT {
    private static StockFixture stock;
    private static ReservationQueries search;

    @BeforeAll
    static void oneReservationOfEachStatus() throws SQLException {
        stock = new StockFixture();
        search = new JdbcReservations(stock.dataSource());
        for (String sku : List.of("TEE", "RARE", "SET", "A", "B")) {
            stock.sku(sku);
        }
        try (Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into sku_component values ('SET', 'A', 1), ('SET', 'B', 2)");
        }
        stock.receive("TEE", "NORTH", 100);
        stock.receive("A", "NORTH", 10);
        stock.receive("B", "SOUTH", 20);
        stock.receive("RARE", "NORTH", 1);

        order("reserved", Policy.ALL_OR_NOTHING, "TEE", 5);
        order("bundle", Policy.ALL_OR_NOTHING, "SET", 2);
        order("partial", Policy.PARTIAL, "RARE", 3);
        order("backordered", Policy.BACKORDER, "RARE", 3);
        ship(order("shipped", Policy.ALL_OR_NOTHING, "TEE", 5), List.of());
        ship(order("partly-shipped", Policy.ALL_OR_NOTHING, "SET", 2), List.of(new Command.Line("SET", 1)));
        cancel(order("cancelled", Policy.ALL_OR_NOTHING, "SET", 2));
        hold("held", Duration.ofMinutes(10));
        Reservation shortHold = hold("expired", Duration.ofNanos(1_000));
        stock.master.execute(new Command.Expire(shortHold.reservationId(), "tester"));
    }

    @AfterAll
    static void stop() throws Exception {
        stock.close();
    }

    private static Reservation order(String orderRef, Policy policy, String sku, long quantity) {
        return stock.held(stock.master.execute(stock.order(orderRef, policy, new Command.Line(sku, quantity))));
    }

    private static Reservation hold(String orderRef, Duration time) {
        return stock.held(stock.master.execute(new Command.Reserve(
                "shop",
                orderRef,
                Policy.ALL_OR_NOTHING,
                null,
                null,
                "tester",
                null,
                new Command.Terms(null, null, time),
                List.of(new Command.Line("TEE", 1)))));
    }

    private static void ship(Reservation reservation, List<Command.Line> lines) {
        stock.held(stock.master.execute(new Command.Ship(reservation.reservationId(), "tester", null, lines)));
    }

    private static void cancel(Reservation reservation) {
        stock.held(stock.master.execute(new Command.Cancel(reservation.reservationId(), "tester", null, List.of())));
    }

    private static ReservationQueries.Search all() {
        return new ReservationQueries.Search(null, null, null);
    }

    @ParameterizedTest
    @EnumSource(Reservation.Status.class)
    void eachStatusFindsItsOwn(Reservation.Status status) {
        List<Long> ofThatStatus = search.reservations(all(), 0, 100).reservations().stream()
                .filter(reservation -> reservation.status() == status)
                .map(Reservation::reservationId)
                .toList();
        assertThat(ofThatStatus).isNotEmpty();
        assertThat(search.reservations(new ReservationQueries.Search(null, null, status), 0, 100)
                        .reservations())
                .extracting(Reservation::reservationId)
                .isEqualTo(ofThatStatus);
    }

    @Test
    void theOrderIsFoundByItsChannelAndReference() {
        assertThat(search.reservations(new ReservationQueries.Search("shop", "bundle", null), 0, 10)
                        .reservations())
                .singleElement()
                .satisfies(found ->
                        assertThat(found.lines().getFirst().allocated()).isEqualTo(2));
        assertThat(search.reservations(new ReservationQueries.Search("other", "bundle", null), 0, 10)
                        .reservations())
                .isEmpty();
        assertThat(search.reservations(
                                new ReservationQueries.Search("shop", "bundle", Reservation.Status.SHIPPED), 0, 10)
                        .reservations())
                .isEmpty();
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrRepetition() {
        List<Long> whole = search.reservations(all(), 0, 100).reservations().stream()
                .map(Reservation::reservationId)
                .toList();
        assertThat(whole).hasSize(9).isSorted();
        List<Long> first = search.reservations(all(), 0, 4).reservations().stream()
                .map(Reservation::reservationId)
                .toList();
        List<Long> rest = search.reservations(all(), first.getLast(), 100).reservations().stream()
                .map(Reservation::reservationId)
                .toList();
        assertThat(first).isEqualTo(whole.subList(0, 4));
        assertThat(rest).isEqualTo(whole.subList(4, 9));
    }

    @Test
    void aConnectionGoesBackAsItCame() throws SQLException {
        for (int i = 0; i < 20; i++) {
            search.reservations(all(), 0, 1);
        }
        try (Connection connection = stock.dataSource().getConnection()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isFalse();
        }
    }

    @Test
    void aSearchThatFindsHardlyAnythingStopsAndSaysWhereItGoesOn() throws SQLException {
        try (Connection connection = stock.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into reservation (reservation_id, channel, order_ref, content_hash, policy, actor,"
                            + " recorded_at) select 1000000 + n, 'old', n::text, '', 'PARTIAL', 'tester', now()"
                            + " from generate_series(1, 10500) n");
            try {
                ReservationQueries.Search rare = new ReservationQueries.Search("shop", null, null);
                ReservationQueries.Page first = search.reservations(rare, 1_000_000, 5);
                assertThat(first.reservations()).isEmpty();
                assertThat(first.next()).isEqualTo(1_010_000L);
                ReservationQueries.Page last = search.reservations(rare, first.next(), 5);
                assertThat(last.reservations()).isEmpty();
                assertThat(last.next()).isNull();
            } finally {
                statement.execute("delete from reservation where channel = 'old'");
            }
        }
    }
}
