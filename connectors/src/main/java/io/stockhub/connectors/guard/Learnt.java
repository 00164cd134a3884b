package io.stockhub.connectors.guard;

import io.stockhub.connectors.Rate;
import java.time.Duration;

/** What follows from what a system said about its limits, for the action that was called. */
public sealed interface Learnt {

    /** The system takes the action at this rate. */
    record NewRate(Rate rate) implements Learnt {}

    /** The manifest's rate, worked out for this account. Who set a rate has decided otherwise. */
    record ScaledRate(Rate rate) implements Learnt {}

    /** No call for so long. */
    record HoldBack(Duration pause) implements Learnt {}
}
