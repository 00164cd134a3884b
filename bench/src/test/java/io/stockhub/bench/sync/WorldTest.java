package io.stockhub.bench.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WorldTest {
    private static final List<World> SOME =
            LongStream.rangeClosed(1, 300).mapToObj(World::random).toList();

    @Test
    void worldsDifferInAllThatMayHappen() {
        assertThat(SOME).anyMatch(world -> world.outages().size() == 1).anyMatch(WorldTest::outagesOverlap);
        assertThat(SOME).anyMatch(world -> world.stops().isEmpty()).anyMatch(world -> !world.stops()
                .isEmpty());
        for (World.Change.Kind kind : World.Change.Kind.values()) {
            assertThat(SOME)
                    .anyMatch(world -> world.changes().stream().anyMatch(change -> change.kind() == kind))
                    .anyMatch(world -> world.changes().stream().noneMatch(change -> change.kind() == kind));
        }
        List<Market.Profile> channels =
                SOME.stream().flatMap(world -> world.channels().stream()).toList();
        assertThat(channels).extracting(Market.Profile::comparesAndSets).contains(true, false);
        assertThat(channels).extracting(Market.Profile::tellsOrders).contains(true, false);
        assertThat(channels).extracting(Market.Profile::pauses).contains(true, false);
        assertThat(channels).anyMatch(channel -> channel.most() < 10);
    }

    private static boolean outagesOverlap(World world) {
        if (world.outages().size() < 2) {
            return false;
        }
        World.Outage first = world.outages().getFirst();
        World.Outage second = world.outages().getLast();
        return first.channel() != second.channel()
                && second.from().compareTo(first.from().plus(first.length())) <= 0;
    }

    @Test
    void clocksAreOffEitherWayByLessThanTheProductAllowsFor() {
        for (World world : SOME) {
            assertThat(world.channels())
                    .as("Seed %d", world.seed())
                    .allSatisfy(channel -> assertThat(channel.ahead().abs()).isLessThanOrEqualTo(World.CLOCK_OFF));
            assertThat(World.standard(world.seed()).channels())
                    .as("Seed %d", world.seed())
                    .anySatisfy(channel -> assertThat(channel.ahead()).isNotEqualTo(Duration.ZERO));
        }
        assertThat(SOME)
                .anyMatch(world -> world.channels().getFirst().ahead().isNegative())
                .anyMatch(world -> world.channels().getFirst().ahead().isPositive());
    }

    @Test
    void noUpdateArrivesAfterItWasGivenUpAsLost() {
        assertThat(SOME).allSatisfy(world -> assertThat(world.channels())
                .as("Seed %d", world.seed())
                .allSatisfy(channel ->
                        assertThat(channel.slowest().plus(channel.answers())).isLessThan(Market.PATIENCE)));
    }
}
