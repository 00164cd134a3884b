/**
 * Puts the hub together: the one place that names implementations. It decides nothing.
 */
@NullMarked
package io.stockhub.app.wiring;

import org.jspecify.annotations.NullMarked;
