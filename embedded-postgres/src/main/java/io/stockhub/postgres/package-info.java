/**
 * Starts and stops a real PostgreSQL server from binaries on the class path, durable enough for production use.
 * {@link io.stockhub.postgres.EmbeddedPostgres} is the front door; everything else is its machinery.
 */
@NullMarked
package io.stockhub.postgres;

import org.jspecify.annotations.NullMarked;
