package io.stockhub.bench.ledger;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A pool of connections with next to no cost of its own: callers wait for one of a fixed number. */
final class Sessions implements AutoCloseable {
    private final List<Session> all = new ArrayList<>();
    private final BlockingQueue<Session> free = new LinkedBlockingQueue<>();

    Sessions(Stage stage, int count, boolean autoCommit) throws SQLException {
        for (int i = 0; i < count; i++) {
            Session session = new Session(stage.connect());
            session.connection().setAutoCommit(autoCommit);
            all.add(session);
            free.add(session);
        }
    }

    Session take() throws InterruptedException {
        return free.take();
    }

    void giveBack(Session session) {
        free.add(session);
    }

    @Override
    public void close() throws SQLException {
        for (Session session : all) {
            session.close();
        }
    }
}
