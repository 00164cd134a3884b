@NullMarked
package io.stockhub.stock.escrow;

import org.jspecify.annotations.NullMarked;
