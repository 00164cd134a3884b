/**
 * What {@code /actuator/prometheus} says of the hub's own matters, beside what the libraries say of theirs.
 */
@NullMarked
package io.stockhub.app.metrics;

import org.jspecify.annotations.NullMarked;
