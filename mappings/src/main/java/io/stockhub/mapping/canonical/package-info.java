/**
 * The canonical messages that the hub reads, as records; their JSON Schemas are in {@code mappings/canonical/v1}.
 * Nothing here knows a system: a mapping makes these, the flows read them.
 */
@NullMarked
package io.stockhub.mapping.canonical;

import org.jspecify.annotations.NullMarked;
