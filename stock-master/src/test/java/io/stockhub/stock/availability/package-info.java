/** Tests of what may be sold, and when. */
@NullMarked
package io.stockhub.stock.availability;

import org.jspecify.annotations.NullMarked;
