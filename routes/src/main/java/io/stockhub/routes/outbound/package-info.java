/**
 * Messages that leave the hub for people and for other systems: kept as rows, signed, sent again until they arrive.
 */
@NullMarked
package io.stockhub.routes.outbound;

import org.jspecify.annotations.NullMarked;
