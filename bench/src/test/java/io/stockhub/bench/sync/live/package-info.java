@NullMarked
package io.stockhub.bench.sync.live;

import org.jspecify.annotations.NullMarked;
