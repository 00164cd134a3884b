package io.stockhub.bench.sync.live;

import java.nio.file.Path;

/**
 * What the timed cases share.
 *
 * @param folder where hubs keep their data, each in a folder of its own
 * @param seed of all random choices
 */
public record Live(Path folder, Sizes sizes, long seed) {}
