package io.stockhub.routes.alerts;

/** What is to be done about an incident. */
sealed interface Step {
    /** It is new. */
    record Begin(Wrong wrong, boolean open) implements Step {}

    /** It was seen for a moment long ago, and is seen now: that moment does not count. */
    record BeginAgain(long id, Wrong wrong) implements Step {}

    /** It has lasted long enough: people are told. */
    record Open(long id, Wrong wrong) implements Step {}

    /** It goes on. */
    record GoOn(long id, Wrong wrong) implements Step {}

    /** It is over: people are told. */
    record Close(long id) implements Step {}

    /** It was over before anybody was told. */
    record Forget(long id) implements Step {}
}
