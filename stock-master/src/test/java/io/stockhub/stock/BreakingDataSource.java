package io.stockhub.stock;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Breaks the line to the database at the n-th call that goes over it, before the call or when its answer is on its way. */
final class BreakingDataSource implements DataSource {
    private static final Set<String> OVER_THE_LINE = Set.of("executeQuery", "executeUpdate", "execute", "commit");

    private final DataSource real;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile int breakAt = Integer.MAX_VALUE;
    private volatile boolean afterwards;

    BreakingDataSource(DataSource real) {
        this.real = real;
    }

    /** From now on, call {@code number} breaks; afterwards: it is done, and nobody hears of it. */
    void breakAt(int number, boolean doneFirst) {
        calls.set(0);
        breakAt = number;
        afterwards = doneFirst;
    }

    /** True when the call that had to break came. */
    boolean broke() {
        return calls.get() >= breakAt;
    }

    private static SQLException broken() {
        return new SQLException("the line broke", "08006");
    }

    private <T> T over(Connection connection, T target, Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean counts = OVER_THE_LINE.contains(method.getName());
                    boolean now = counts && calls.incrementAndGet() == breakAt;
                    if (now && !afterwards) {
                        connection.abort(Runnable::run);
                        throw broken();
                    }
                    Object result;
                    try {
                        result = method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (now) {
                        connection.abort(Runnable::run);
                        throw broken();
                    }
                    return result instanceof PreparedStatement statement && target instanceof Connection
                            ? over(connection, statement, PreparedStatement.class)
                            : result;
                }));
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = real.getConnection();
        return over(connection, connection, Connection.class);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return new PrintWriter(System.out, true);
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLoginTimeout(int seconds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
