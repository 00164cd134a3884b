package io.stockhub.stock;

import java.util.Locale;
import java.util.Optional;

/** Where a cycle count is in its life. */
public enum CountState {
    /** Being counted. */
    OPEN,
    /** Every line is settled; its movement is on the way to the ledger. Posting again continues. */
    POSTING,
    /** Its movement is in the ledger. */
    POSTED,
    /** Given up; nothing moved. */
    CANCELLED;

    /** What can happen to a count. */
    public enum Event {
        /** Somebody counted a line. */
        COUNTED,
        /** Every line is settled and somebody wants it in the ledger. */
        POST,
        /** The ledger took it. */
        TAKEN,
        /** The ledger refused it: for units that orders hold. */
        REFUSED,
        CANCEL
    }

    /** The state after the event; empty when it may not happen now. */
    public Optional<CountState> after(Event event) {
        return switch (this) {
            case OPEN ->
                switch (event) {
                    case COUNTED -> Optional.of(OPEN);
                    case POST -> Optional.of(POSTING);
                    case CANCEL -> Optional.of(CANCELLED);
                    case TAKEN, REFUSED -> Optional.empty();
                };
            case POSTING ->
                switch (event) {
                    case POST -> Optional.of(POSTING);
                    case TAKEN -> Optional.of(POSTED);
                    case REFUSED -> Optional.of(OPEN);
                    case COUNTED, CANCEL -> Optional.empty();
                };
            case POSTED -> event == Event.POST ? Optional.of(POSTED) : Optional.empty();
            case CANCELLED -> event == Event.CANCEL ? Optional.of(CANCELLED) : Optional.empty();
        };
    }

    /** Nothing more happens to it. */
    public boolean ended() {
        return this == POSTED || this == CANCELLED;
    }

    /** Name in the database and on the wire, for example {@code posted}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when {@code code} is none of ours */
    public static CountState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
