/**
 * What is wrong, in words for the people who run the shop, and whom it is told.
 */
@NullMarked
package io.stockhub.routes.alerts;

import org.jspecify.annotations.NullMarked;
