/** The whole hub on real parts: PostgreSQL, Camel, HTTP, and the sandboxes of four marketplaces. */
@NullMarked
package io.stockhub.app.e2e;

import org.jspecify.annotations.NullMarked;
