/**
 * What failed for good, and sending it again. Every replay keeps its idempotency key.
 */
@NullMarked
package io.stockhub.routes.deadletter;

import org.jspecify.annotations.NullMarked;
