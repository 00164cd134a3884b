package io.stockhub.bench.sync;

/** The ledger of the simulation: units of one SKU, and how many were sold that were not there. */
final class Books {
    private long units;
    private int there;
    private int oversold;
    private int booked;
    private int direct;
    private int returned;

    Books(int units) {
        this.units = units;
        this.there = units;
    }

    long units() {
        return units;
    }

    /** All units that there ever were to sell; one that came back, once more. */
    int there() {
        return there;
    }

    int oversold() {
        return oversold;
    }

    int booked() {
        return booked;
    }

    /** Units sold at the till. */
    int direct() {
        return direct;
    }

    void book() {
        booked++;
        if (units > 0) {
            units--;
        } else {
            oversold++;
        }
    }

    void receive(int more) {
        units += more;
        there += more;
    }

    /** Units that a channel sold come back: at most those that it had, and each once. */
    void takeBack(int some) {
        int back = Math.min(some, booked - oversold - returned);
        returned += back;
        receive(back);
    }

    /** At the till: {@code some}, or what is {@code free}. */
    void sellDirectly(int some, long free) {
        int sold = (int) Math.max(0, Math.min(some, Math.min(free, units)));
        units -= sold;
        direct += sold;
    }
}
