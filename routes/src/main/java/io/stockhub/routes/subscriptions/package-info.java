/**
 * Events of the feed to URLs that people gave us, each with a cursor of its own.
 */
@NullMarked
package io.stockhub.routes.subscriptions;

import org.jspecify.annotations.NullMarked;
