package io.stockhub.routes.reconcile;

import java.time.Duration;

/**
 * How much it would matter that a listing is wrong and nobody knows: how soon it is read again, and in which band of the
 * rota. A band has a share of the readings that no other can take from it, so that a hundred thousand quiet items do not
 * keep a hot one waiting.
 *
 * @param band 0 to 4, most urgent first; 0 is for what was seen to be wrong, 2 for numbers just accepted
 * @param again the pause until it is read again
 */
public record Risk(int band, Duration again) {
    public static final int SEEN_WRONG = 0;
    public static final int HOT = 1;
    public static final int NEW_NUMBER = 2;
    public static final int SELLS = 3;
    public static final int QUIET = 4;

    private static final Duration DRIFTED_LATELY = Duration.ofDays(7);
    private static final double ONE_SALE = 0.5;
    /** Units sold lately, of which half count after a minute: ten times that is what sells in about a quarter of an hour. */
    private static final double SOON = 10;

    private static final long FEW = 3;

    /**
     * @param shown what the channel shows
     * @param demand units sold lately, of which half count after a minute
     * @param sinceDrift how long ago it was found wrong; longer than a week where it never was
     */
    public static Risk of(long shown, double demand, Duration sinceDrift) {
        if (shown > 0 && demand >= ONE_SALE && shown <= SOON * demand) {
            return new Risk(HOT, Duration.ofMinutes(15));
        }
        if (sinceDrift.compareTo(DRIFTED_LATELY) < 0) {
            return new Risk(HOT, Duration.ofHours(2));
        }
        if (demand >= ONE_SALE) {
            return new Risk(SELLS, Duration.ofHours(1));
        }
        return shown > 0 && shown <= FEW ? new Risk(SELLS, Duration.ofHours(6)) : new Risk(QUIET, Duration.ofDays(1));
    }
}
