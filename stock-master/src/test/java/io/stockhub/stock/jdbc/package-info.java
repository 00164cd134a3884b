/** What tests need of the inside of the JDBC package: batches and hubs that are put together by hand. */
@NullMarked
package io.stockhub.stock.jdbc;

import org.jspecify.annotations.NullMarked;
