/**
 * What an installation says about itself: {@code stockhub.yaml} and its overrides, checked as a whole at start.
 *
 * <p>Knows the shape of settings and the places where they were given; it must not start anything.
 */
@NullMarked
package io.stockhub.app.settings;

import org.jspecify.annotations.NullMarked;
