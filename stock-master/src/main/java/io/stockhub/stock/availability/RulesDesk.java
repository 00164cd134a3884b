package io.stockhub.stock.availability;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The front door of the rules: what holds, what held, what would change, and making it so. */
public interface RulesDesk {

    /**
     * An applied version.
     *
     * @param version from 1, without gaps
     * @param document the file as it was given
     */
    record Version(long version, String document, String appliedBy, Instant appliedAt, @Nullable String comment) {}

    /** A version without its document. */
    record Entry(long version, String appliedBy, Instant appliedAt, @Nullable String comment) {}

    /** A number that would be another one; quantities in base units. */
    record Change(String sku, String channel, long now, long then) {}

    /**
     * What applying a document would do to what channels are told, on the stock of this moment.
     *
     * @param version that the plan was made against; apply with it, and nobody's version in between is lost
     * @param findings when there are any, nothing was worked out
     * @param changes the first ones, by SKU and channel
     * @param changed how many there are in all, of which {@code lower} and {@code toZero}
     * @param unchanged (SKU, channel) with the same number as before
     * @param resold SKUs that channels would share in another way: their numbers are parts of what is listed here, or
     *     whole again
     */
    record Plan(
            long version,
            List<Finding> findings,
            List<Change> changes,
            long changed,
            long lower,
            long toZero,
            long unchanged,
            long resold) {}

    /** What became of an application. */
    sealed interface Outcome {
        /** It holds, and every SKU is told to the channels anew. */
        record Applied(Version version) implements Outcome {}

        /** The document holds already; nothing was done. */
        record Unchanged(Version version) implements Outcome {}

        /** It cannot be applied; nothing was done. */
        record Refused(List<Finding> findings) implements Outcome {}

        /** Another version holds than the caller expected; nothing was done. */
        record Moved(long version) implements Outcome {}
    }

    /** What holds; absent when no document was ever applied, and the settings alone hold. */
    Optional<Version> current();

    Optional<Version> version(long version);

    /** Newest first, at most {@code limit}, before version {@code before}; null for the newest. */
    List<Entry> history(@Nullable Long before, int limit);

    /** All that is wrong with a document; empty when it can be applied. */
    List<Finding> check(String document);

    /** @param changesMax how many changes to list; all are counted */
    Plan plan(String document, int changesMax);

    /**
     * Makes a document hold. Rolling back is applying the document of an older version.
     *
     * @param expectedVersion the version that must hold now, 0 for none; null for whatever holds
     */
    Outcome apply(String document, String actor, @Nullable String comment, @Nullable Long expectedVersion);
}
