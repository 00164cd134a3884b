package io.stockhub.app;

import io.stockhub.routes.SelfTests;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Of a hub without channels. */
final class FakeSelfTests implements SelfTests {
    @Override
    public Optional<SelfTest> begin(String channel, @Nullable String sku, String by) {
        return Optional.empty();
    }

    @Override
    public Optional<List<SelfTest>> list(String channel, int limit) {
        return Optional.empty();
    }
}
