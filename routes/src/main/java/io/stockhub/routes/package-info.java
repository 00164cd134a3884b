/**
 * The business flows' front doors: what comes in (webhooks, polls, EDI), what goes out (listings), what failed.
 *
 * <p>Sub-packages hold the flows themselves; nothing here may name a channel or decide about stock.
 */
@NullMarked
package io.stockhub.routes;

import org.jspecify.annotations.NullMarked;
