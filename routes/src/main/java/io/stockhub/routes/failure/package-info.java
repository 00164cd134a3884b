/**
 * What a failure means, and when to try again. No retries happen here; they are rows of the inbox and of the listings.
 */
@NullMarked
package io.stockhub.routes.failure;

import org.jspecify.annotations.NullMarked;
