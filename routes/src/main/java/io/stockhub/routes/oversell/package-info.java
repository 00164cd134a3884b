/** Why an order could not be promised all that it asked for: what happened, in its order, and whose doing it was. */
@NullMarked
package io.stockhub.routes.oversell;

import org.jspecify.annotations.NullMarked;
