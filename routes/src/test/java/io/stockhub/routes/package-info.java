/**
 * The flows on a real database and in a real Camel, with hand-written systems outside.
 * Time passes when a test says so: {@link io.stockhub.routes.RoutesFixture#later}.
 */
@NullMarked
package io.stockhub.routes;

import org.jspecify.annotations.NullMarked;
