package io.stockhub.routes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhub.routes.ChannelDesk.Drift.Cause;
import io.stockhub.routes.reconcile.DriftFacts.Orders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each cause, and beside it a near miss: one fact is another, and so is the cause. */
class DriftVerdictTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            value = {
                // what                                 shown exp sold before right orders refusal aside was item swap
                // cause
                "gone,                                      -, 10, 0, 7, true, READ, -, -, 0, false, 0, NOT_LISTED",
                "gone although it set some aside,           -, 10, 0, 7, true, READ, -, 10, 0, false, 0, NOT_LISTED",
                "lower and orders were not read,            8, 10, 0, 7, true, NOT_READ, -, -, 0, false, 0, SALE_IN_FLIGHT",
                "lower and orders were read,                8, 10, 0, 7, true, READ, -, -, 0, false, 0, EDITED",
                "higher and orders were not read,          12, 10, 0, 7, true, NOT_READ, -, -, 0, false, 0, UNEXPLAINED",
                "lower and an order of it is dead,          8, 10, 0, 7, true, ONE_IS_DEAD, -, -, 0, false, 0, SALE_IN_FLIGHT",
                "higher and an order of it is dead,        12, 10, 0, 7, true, ONE_IS_DEAD, -, -, 0, false, 0, EDITED",
                "lower where orders are only pushed,        8, 10, 0, 7, true, PUSHED, -, -, 0, false, 0, UNKNOWN",
                "higher where orders are only pushed,      12, 10, 0, 7, true, PUSHED, -, -, 0, false, 0, EDITED",
                "as before where orders are only pushed,    7, 10, 0, 7, false, PUSHED, -, -, 0, false, 0, LOST_UPDATE",
                "a third lower number where only pushed,    8, 10, 0, 7, false, PUSHED, -, -, 0, false, 0, UNKNOWN",
                "lower at a channel that sells nothing,     8, 10, 0, 7, true, NONE, -, -, 0, false, 0, EDITED",
                "as before and never seen right,            7, 10, 0, 7, false, READ, -, -, 0, false, 0, LOST_UPDATE",
                "as before and seen right meanwhile,        7, 10, 0, 7, true, READ, -, -, 0, false, 0, EDITED",
                "as before less what was sold since,        5,  8, 2, 7, false, READ, -, -, 0, false, 0, LOST_UPDATE",
                "as before although some was sold since,    7,  8, 2, 7, false, READ, -, -, 0, false, 0, EDITED",
                "a third number,                            6, 10, 0, 7, false, READ, -, -, 0, false, 0, EDITED",
                "nobody knows what was there before,        6, 10, 0, -, false, READ, -, -, 0, false, 0, UNKNOWN",
                "as before and refused,                     7, 10, 0, 7, false, READ, channel.rejected, -, 0, false, 0, REJECTED_FEED",
                "a third number and refused,                6, 10, 0, 7, false, READ, channel.rejected, -, 0, false, 0, EDITED",
                "set aside what is missing,                 6, 10, 0, 7, true, READ, -, 4, 0, false, 0, PROMOTION",
                "set aside another number,                  6, 10, 0, 7, true, READ, -, 3, 0, false, 0, EDITED",
                "set aside nothing,                         6, 10, 0, 7, true, READ, -, 0, 0, false, 0, EDITED",
                "the same set aside as when it was told,    2,  6, 0, 7, true, READ, -, 4, 4, false, 0, EDITED",
                "the promotion is over,                    10,  6, 0, 7, true, READ, -, 0, 4, false, 0, PROMOTION",
                "set aside before the orders were read,     6, 10, 0, 7, true, NOT_READ, -, 4, 0, false, 0, PROMOTION",
                "another item by our name,                  6, 10, 0, 7, true, READ, -, -, 0, true, 0, WRONG_ALIAS",
                "numbers exchanged with one other,          6, 10, 0, 7, true, READ, -, -, 0, false, 1, WRONG_ALIAS",
                "exchanged with any of two others,          6, 10, 0, 7, true, READ, -, -, 0, false, 2, EDITED",
                "another item by our name and as before,    7, 10, 0, 7, false, READ, -, -, 0, true, 0, WRONG_ALIAS"
            })
    void theSameFactsHaveTheSameCause(
            String what,
            Long shown,
            long expected,
            long sold,
            Long before,
            boolean seenRight,
            Orders orders,
            String refusal,
            Long setAside,
            long setAsideBefore,
            boolean otherItem,
            int swapped,
            Cause cause) {
        assertThat(DriftVerdict.of(new DriftFacts(
                        shown,
                        expected,
                        sold,
                        before,
                        seenRight,
                        orders,
                        refusal,
                        setAside,
                        setAsideBefore,
                        otherItem,
                        swapped)))
                .as(what)
                .isEqualTo(cause);
    }
}
