/**
 * Sends dead letters again, one after another, and says what became of each. Survives a restart in the middle.
 */
@NullMarked
package io.stockhub.routes.replay;

import org.jspecify.annotations.NullMarked;
