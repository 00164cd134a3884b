@NullMarked
package io.stockhub.bench.sync;

import org.jspecify.annotations.NullMarked;
