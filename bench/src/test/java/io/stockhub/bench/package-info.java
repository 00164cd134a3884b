@NullMarked
package io.stockhub.bench;

import org.jspecify.annotations.NullMarked;
