/** How the hub is put together, tried piece by piece. */
@NullMarked
package io.stockhub.app.wiring;

import org.jspecify.annotations.NullMarked;
