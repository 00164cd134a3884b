package io.stockhub.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tries channels: one number is lowered by one, read back, restored and read again, on the ordinary way of numbers. */
public interface SelfTests {

    /**
     * One test.
     *
     * @param stage {@code lowering}, {@code reading}, {@code restoring} or {@code reading-again} while it runs; then
     *     {@code passed}, {@code failed} or {@code disturbed}: the number changed meanwhile for other reasons
     * @param before the number that the channel showed, {@code told} the one that it was told instead
     * @param lowered until the channel had accepted the lower number, {@code read} until it was seen there; {@code restored}
     *     and {@code readAgain} the same on the way back; null: not come to, or nothing can be read there
     * @param failure why it failed; null: it did not
     */
    record SelfTest(
            long id,
            String channel,
            String sku,
            String channelSku,
            String stage,
            String askedBy,
            Instant begunAt,
            @Nullable Instant endedAt,
            long before,
            long told,
            @Nullable Duration lowered,
            @Nullable Duration read,
            @Nullable Duration restored,
            @Nullable Duration readAgain,
            @Nullable String failure) {}

    /**
     * Begins a test.
     *
     * @param sku null: that of the settings or, without one, the one that sells slowest and has most units there
     * @return empty when there is no such channel
     * @throws IllegalStateException when it cannot be tested now, with the reason
     */
    Optional<SelfTest> begin(String channel, @Nullable String sku, String by);

    /** Newest first; empty when there is no such channel. */
    Optional<List<SelfTest>> list(String channel, int limit);
}
