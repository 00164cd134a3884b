/**
 * Orders of channels: how they are read, and how they become reservations. Channels are data here, never names.
 */
@NullMarked
package io.stockhub.routes.orders;

import org.jspecify.annotations.NullMarked;
