@NullMarked
package io.stockhub.bench.replay;

import org.jspecify.annotations.NullMarked;
