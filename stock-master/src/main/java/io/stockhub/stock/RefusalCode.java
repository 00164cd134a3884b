package io.stockhub.stock;

import java.util.Locale;

/**
 * Why a command was refused that does not fit what is there. The list is closed and its names are part of the contract:
 * whoever shows refusals to the outside must have an answer to each.
 */
public enum RefusalCode {
    // ---- the command does not fit the catalogue or the locations: it will not fit later either ----

    /** The location is run by a channel, whose reports alone may change it. */
    READ_ONLY_LOCATION,
    /** A location other than the one where it happens, for example a transfer's destination, does not exist. */
    UNKNOWN_LOCATION,
    /** The location names its bins, and this is none of them. */
    UNKNOWN_BIN,
    /** A transfer would arrive where it leaves. */
    SAME_LOCATION,
    /** The transfer goes to another location. */
    WRONG_LOCATION,
    /** It says that it happened later than clocks can differ, see {@link Limits#AHEAD_MAX}. */
    IN_THE_FUTURE,
    /** A bundle has no stock of its own that could be moved. */
    BUNDLE_WITHOUT_STOCK,
    /** The SKU has no components that it could be made of. */
    NO_KIT,
    /** A lot or serials were named for a SKU that is not tracked by them. */
    NOT_TRACKED,
    /** The SKU is tracked by lot and none was named, or an expiry without the lot that it is of. */
    LOT_MISSING,
    /** The lot is known with another expiry. */
    LOT_DIFFERS,
    /** The SKU is tracked by serial and none were named. */
    SERIALS_MISSING,
    /** Units with serials are not counted but adjusted, one by one. */
    SERIALS_NOT_COUNTED,
    /** The channel has no such order. */
    UNKNOWN_ORDER,
    /** No such transfer left. */
    UNKNOWN_TRANSFER,
    /** Nobody announced such an inbound. */
    UNKNOWN_INBOUND,
    /** The inbound has no such discrepancy, or it is named twice. */
    NO_DISCREPANCY,
    /** A reversal is not reversed. */
    IS_A_REVERSAL,

    // ---- the command does not fit what happened: it might have before, or will after something else ----

    /** A unit with this serial is here already. */
    SERIAL_KNOWN,
    /** A transfer of this identifier left already. */
    TRANSFER_EXISTS,
    /** The transfer carries fewer of these units. */
    NOT_IN_TRANSIT,
    /** The inbound is closed: nothing more is expected or received against it. */
    INBOUND_CLOSED,
    /** Differences between what was announced and what came are not resolved yet. */
    UNRECONCILED,
    /** The hold ran out; its units went back. */
    HOLD_EXPIRED,
    /** Units that are only held are neither picked nor shipped. */
    NOT_CONFIRMED,
    /** A movement is reversed at most once. */
    ALREADY_REVERSED,
    /** Some of what the movement shipped came back since. */
    RETURNED_ALREADY,
    /** The movement is older than what the ledger must know of it to undo it. */
    NOT_REVERSIBLE;

    /** The stable name, for example {@code lot-missing}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
