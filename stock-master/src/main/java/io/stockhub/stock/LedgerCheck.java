package io.stockhub.stock;

/** What is checked of the ledger, each with the promise that holds when nothing is found. */
public enum LedgerCheck {
    IMBALANCED("imbalanced", "every unit that left one account entered another"),
    NEGATIVE("negative", "no stock is below zero"),
    BALANCE_MISMATCH("balanceMismatch", "every account is the sum of its postings"),
    RESERVATION_MISMATCH("reservationMismatch", "what is reserved or picked is what reservations hold"),
    OVER_ALLOCATED("overAllocated", "no reservation holds more than it got"),
    SERIAL_MISMATCH("serialMismatch", "every serial inside is one unit at one place"),
    CHANGED("changed", "every movement is as it was sealed"),
    MISSING("missing", "every sealed movement is there"),
    INSERTED("inserted", "no movement was slipped in among the sealed"),
    BROKEN_LINK("brokenLink", "every seal follows from the one before"),
    NO_POSTINGS("noPostings", "every movement has postings"),
    NO_ACCOUNT("noAccount", "every posting has its movement and its accounts"),
    DANGLING("dangling", "orders, their lines and what is allocated to them hang together"),
    DUPLICATE("duplicate", "one order, one key and one reversal have one effect");

    private final String code;
    private final String promise;

    LedgerCheck(String code, String promise) {
        this.code = code;
        this.promise = promise;
    }

    /** Name on the wire, for example {@code balanceMismatch}. */
    public String code() {
        return code;
    }

    /** What holds when nothing is found, as a sentence without its full stop. */
    public String promise() {
        return promise;
    }
}
