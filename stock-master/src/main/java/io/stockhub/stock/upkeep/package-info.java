/**
 * What nobody asks for and must happen: holds that run out, goods for orders that wait, lots that expire; and finding what it, or a person, left lying.
 *
 * <p>It never writes stock: it sends commands that may be repeated.
 */
@NullMarked
package io.stockhub.stock.upkeep;

import org.jspecify.annotations.NullMarked;
