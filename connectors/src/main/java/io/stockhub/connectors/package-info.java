/**
 * What the rest of the hub sees of the outside systems: the front door {@link io.stockhub.connectors.Connectors},
 * accounts, manifests and failures. It knows no system by name and depends on none of its sub-packages.
 */
@NullMarked
package io.stockhub.connectors;

import org.jspecify.annotations.NullMarked;
