/**
 * Puts the flows together from their parts, without a framework, so that tests and the hub run the same thing.
 */
@NullMarked
package io.stockhub.routes.assembly;

import org.jspecify.annotations.NullMarked;
