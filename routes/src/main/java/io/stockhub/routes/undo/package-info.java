/** Undoing what came in together: which movements and orders that is, what can be undone of them, and doing it. */
@NullMarked
package io.stockhub.routes.undo;

import org.jspecify.annotations.NullMarked;
