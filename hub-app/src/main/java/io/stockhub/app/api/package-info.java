/**
 * The HTTP API as {@code openapi.yaml} describes it: reads requests strictly, asks the front doors, writes answers.
 *
 * <p>Holds no rule about stock and no state of its own.
 */
@NullMarked
package io.stockhub.app.api;

import org.jspecify.annotations.NullMarked;
