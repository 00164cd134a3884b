/**
 * The channels that this hub serves: accounts of connectors with their rules, from the configuration.
 */
@NullMarked
package io.stockhub.routes.channel;

import org.jspecify.annotations.NullMarked;
