package io.stockhub.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One start, step by step; the caller holds the folder's lock. */
final class Startup {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    private static final int ATTEMPTS_MAX = 8;
    private static final Duration PAUSE_MAX = Duration.ofSeconds(4);

    private final EmbeddedPostgres.Settings settings;
    private final DataFolder folder;
    private final Binaries binaries;
    private final Server server;

    Startup(EmbeddedPostgres.Settings settings, DataFolder folder) {
        this.settings = settings;
        this.folder = folder;
        this.binaries = Binaries.in(settings.cacheDirectory());
        this.server = new Server(binaries, RunAs.choose(binaries, folder), folder);
    }

    Server server() {
        return server;
    }

    /** What a start yields. */
    record Started(Database database, int port, long pid, String password, String adminPassword) {}

    Started run() {
        try {
            folder.check(binaries.major());
            Leftover.clear(server, folder);
            String adminPassword = prepare();
            int port = launch();
            try {
                return finish(port, adminPassword);
            } catch (RuntimeException | IOException | SQLException e) {
                server.stop("fast", 30);
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "data folder " + folder.data() + ": cannot be used (" + e + "); check its owner and the free space",
                    e);
        } catch (SQLException e) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL started but refused the launcher (" + e.getMessage() + "); if "
                            + folder.adminPasswordFile() + " was lost or changed, restore it; see " + folder.log(),
                    e);
        }
    }

    private String prepare() throws IOException {
        String adminPassword = Password.readOrCreate(folder.adminPasswordFile());
        if (!folder.isInitialised()) {
            LOG.info("Preparing a new database in {}", folder.data());
            server.initialise(adminPassword);
        }
        FileTree.delete(folder.staging());
        server.takeOwnership();
        server.prepareLog();
        return adminPassword;
    }

    private int launch() throws IOException {
        int port = Ports.choose(settings.port(), folder.portFile());
        Server.Attempt attempt = server.start(ServerSettings.complete(port, settings.serverSettings()));
        for (int n = 1; !attempt.started() && n < ATTEMPTS_MAX; n++) {
            if (attempt.portTaken() && settings.port() == 0) {
                port = Ports.any();
            } else if (attempt.leftover()) {
                pause(n);
                Leftover.clear(server, folder);
            } else {
                break;
            }
            attempt = server.start(ServerSettings.complete(port, settings.serverSettings()));
        }
        if (attempt.started()) {
            return port;
        }
        throw attempt.portTaken() ? Ports.taken(port, attempt.log()) : notStarted(attempt);
    }

    private Started finish(int port, String adminPassword) throws IOException, SQLException {
        Database database = new Database(port);
        String password = Password.readOrCreate(folder.passwordFile());
        try (Connection admin = database.connect("postgres", Server.ADMIN, adminPassword)) {
            Database.check(admin, folder.data());
            Database.provision(admin, password);
        }
        Ports.remember(port, folder.portFile());
        long pid = PostmasterFile.read(folder.postmasterFile())
                .orElseThrow(() -> new IOException("postmaster.pid is missing"))
                .pid();
        LOG.info("PostgreSQL {} runs on 127.0.0.1:{}, its data in {}", binaries.version(), port, folder.data());
        return new Started(database, port, pid, password, adminPassword);
    }

    private EmbeddedPostgresException notStarted(Server.Attempt attempt) {
        return new EmbeddedPostgresException("PostgreSQL does not start on " + folder.data() + "; see " + folder.log()
                + ". It said:\n" + attempt.log());
    }

    private static void pause(int attempt) {
        long millis = Math.min(PAUSE_MAX.toMillis(), 250L << attempt);
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
