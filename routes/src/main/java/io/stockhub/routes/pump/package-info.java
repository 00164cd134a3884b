/**
 * Threads that look for work in the database. What the work is, they do not know.
 */
@NullMarked
package io.stockhub.routes.pump;

import org.jspecify.annotations.NullMarked;
