/**
 * Takes messages from the inbox through their flow. Retries and dead letters are decided here, once for all flows.
 */
@NullMarked
package io.stockhub.routes.worker;

import org.jspecify.annotations.NullMarked;
