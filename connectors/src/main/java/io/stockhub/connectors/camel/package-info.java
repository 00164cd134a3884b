/**
 * The front door, and the routes behind it: one Kamelet per action, one HTTP client per account. All that is particular
 * to a system is in its folder.
 */
@NullMarked
package io.stockhub.connectors.camel;

import org.jspecify.annotations.NullMarked;
