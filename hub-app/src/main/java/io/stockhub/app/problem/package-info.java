/**
 * What a caller is told when something is refused: RFC 9457 problem documents with stable types.
 *
 * <p>Says the field and what was expected; nothing internal (class, query, path, stack) may pass through here.
 */
@NullMarked
package io.stockhub.app.problem;

import org.jspecify.annotations.NullMarked;
