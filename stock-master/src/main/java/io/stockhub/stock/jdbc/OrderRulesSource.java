package io.stockhub.stock.jdbc;

import io.stockhub.stock.ledger.Book;
import io.stockhub.stock.ledger.OrderRules;
import java.sql.Connection;
import java.sql.SQLException;

/** Where a batch gets the rules for its orders from. */
@FunctionalInterface
public interface OrderRulesSource {
    /** The rules of the book's version, over the book's locations; on the batch's connection. */
    OrderRules read(Connection connection, Book book) throws SQLException;
}
