/**
 * The steps of the Camel routes in resources/stockhub/flows. Each takes from and gives to the exchange; decisions are elsewhere.
 */
@NullMarked
package io.stockhub.routes.flow;

import org.jspecify.annotations.NullMarked;
