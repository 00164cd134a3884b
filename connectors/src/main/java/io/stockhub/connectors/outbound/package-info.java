/**
 * HTTP calls to addresses that people gave us, and no way from there into our own network.
 */
@NullMarked
package io.stockhub.connectors.outbound;

import org.jspecify.annotations.NullMarked;
