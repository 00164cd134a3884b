/**
 * Keeps one account within its limits and stops calling it while it is down. It calls nothing by itself and loses
 * nothing: who may not call is told so by a failure.
 */
@NullMarked
package io.stockhub.connectors.guard;

import org.jspecify.annotations.NullMarked;
