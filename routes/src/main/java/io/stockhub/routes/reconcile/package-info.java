/**
 * What drift means and what is done about it: verdicts, policies, the rota of reading back, and decisions of people. What
 * decides is pure; the flows that act are in {@code stockout}.
 */
@NullMarked
package io.stockhub.routes.reconcile;

import org.jspecify.annotations.NullMarked;
