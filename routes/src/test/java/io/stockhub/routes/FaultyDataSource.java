package io.stockhub.routes;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The database, which breaks off, or lets something else go first, where a test says. */
final class FaultyDataSource extends DelegatingDataSource {
    private final Map<String, Runnable> faults = new ConcurrentHashMap<>();

    FaultyDataSource(DataSource real) {
        super(real);
    }

    /** The next statement that holds the text does not reach the database. */
    void breakOnce(String sql) {
        faults.put(sql, () -> {
            throw new Broken();
        });
    }

    /** Something else happens right before the next statement that holds the text. */
    void beforeOnce(String sql, Runnable what) {
        faults.put(sql, what);
    }

    /** True when everything that should have gone wrong did. */
    boolean allMet() {
        return faults.isEmpty();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        meet((String) arguments[0]);
                    }
                    return call(real, method, arguments);
                });
    }

    private void meet(String sql) throws SQLException {
        for (String part : faults.keySet()) {
            if (sql.contains(part)) {
                Runnable fault = faults.remove(part);
                try {
                    if (fault != null) {
                        fault.run();
                    }
                } catch (Broken e) {
                    throw new SQLException("the connection broke off", "08006");
                }
            }
        }
    }

    private static Object call(Connection real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
