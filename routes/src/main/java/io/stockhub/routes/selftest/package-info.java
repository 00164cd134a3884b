/**
 * Tries a channel from end to end: lowers one number by one, reads it back, puts it back and reads again.
 */
@NullMarked
package io.stockhub.routes.selftest;

import org.jspecify.annotations.NullMarked;
