@NullMarked
package io.stockhub.stock.routing;

import org.jspecify.annotations.NullMarked;
