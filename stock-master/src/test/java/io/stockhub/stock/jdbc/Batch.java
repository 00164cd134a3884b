package io.stockhub.stock.jdbc;

import io.stockhub.stock.Answer;
import io.stockhub.stock.Command;
import io.stockhub.stock.StockMaster;
import io.stockhub.stock.ledger.Book;
import io.stockhub.stock.ledger.Decider;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** One batch, step by step: what the writer does in one go, so that a test can stand between the steps. */
public final class Batch implements AutoCloseable {
    private final Connection connection;
    private final List<Command> commands;
    private final Book book;

    private Batch(DataSource dataSource, String lockSkus, List<Command> commands) throws SQLException {
        this.connection = dataSource.getConnection();
        this.connection.setAutoCommit(false);
        this.commands = commands;
        this.book = new BookReader(connection, lockSkus, new MasterData()).read(commands);
    }

    /** Locks and reads what the commands need, and waits. */
    public static Batch locked(DataSource dataSource, Command... commands) throws SQLException {
        return locked(dataSource, BookReader.LOCK_SKUS, commands);
    }

    /** The same with other SQL than ours for the lock on SKUs. */
    public static Batch locked(DataSource dataSource, String lockSkus, Command... commands) throws SQLException {
        return new Batch(dataSource, lockSkus, List.of(commands));
    }

    /** Decides all commands on one book, writes and commits: what happens when they are queued at the same moment. */
    public static List<Answer> together(DataSource dataSource, Command... commands) throws SQLException {
        return together(dataSource, noRules(), commands);
    }

    public static List<Answer> together(DataSource dataSource, OrderRulesSource rules, Command... commands)
            throws SQLException {
        try (Batch batch = locked(dataSource, commands)) {
            return batch.commit(rules);
        }
    }

    public List<Answer> commit() throws SQLException {
        return commit(noRules());
    }

    private List<Answer> commit(OrderRulesSource rules) throws SQLException {
        Decider decider = new Decider(book, rules.read(connection, book));
        List<Answer> answers = new ArrayList<>();
        for (Command command : commands) {
            answers.add(decider.decide(command));
        }
        if (!decider.effects().isEmpty()) {
            Request request = new Request(connection);
            new EffectsWriter(request, decider.effects(), book).add();
            request.send();
        }
        connection.commit();
        return answers;
    }

    /** A hub that locks SKUs with other SQL than ours. */
    public static StockMaster hubLockingWith(DataSource dataSource, String lockSkus) {
        return new JdbcStockMaster(dataSource, noRules(), () -> {}, lockSkus);
    }

    private static OrderRulesSource noRules() {
        return new OrderRulesReader(new RuleBook(List.of()));
    }

    /** The SQL that locks SKUs. */
    public static String lockOrder() {
        return BookReader.LOCK_SKUS;
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
