/**
 * Checks that a message pushed to us is from whom it says it is, over the bytes as they came. It reads no body.
 */
@NullMarked
package io.stockhub.connectors.webhook;

import org.jspecify.annotations.NullMarked;
