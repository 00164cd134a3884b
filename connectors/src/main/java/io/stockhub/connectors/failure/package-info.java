/**
 * The one place that says what an answer or a broken connection means: a table, the manifest's exceptions to it, and
 * the reading of how long to wait.
 */
@NullMarked
package io.stockhub.connectors.failure;

import org.jspecify.annotations.NullMarked;
