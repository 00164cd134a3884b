package io.stockhub.bench.ledger;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was used up so far: processor time of database and JVM, and bytes of the write-ahead log. */
final class Meter {
    /** Linux counts processor time for programs in hundredths of a second, whatever its own clock. */
    private static final double MICROS_PER_TICK = 10_000;

    private static final Path PROC = Path.of("/proc");

    private final Stage stage;
    private final long postmaster;

    Meter(Stage stage, long postmaster) {
        this.stage = stage;
        this.postmaster = postmaster;
    }

    /** @param databaseMicros null where the system does not say */
    record Reading(long nanos, @Nullable Double databaseMicros, double processMicros, long walBytes) {}

    Reading read() throws SQLException {
        long wal = stage.number("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
        return new Reading(System.nanoTime(), databaseMicros(), processMicros(), wal);
    }

    private static double processMicros() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1_000.0;
    }

    /** The server, its processes, and those of them that have ended. */
    private @Nullable Double databaseMicros() {
        long[] ofServer = ticks(postmaster);
        if (ofServer.length == 0) {
            return null;
        }
        long sum = ofServer[0] + ofServer[1] + ofServer[2] + ofServer[3];
        for (long child : children()) {
            long[] ticks = ticks(child);
            sum += ticks.length == 0 ? 0 : ticks[0] + ticks[1];
        }
        return sum * MICROS_PER_TICK;
    }

    private List<Long> children() {
        Path file = PROC.resolve(postmaster + "/task/" + postmaster + "/children");
        try {
            return Stream.of(Files.readString(file).split(" "))
                    .filter(text -> !text.isBlank())
                    .map(text -> Long.valueOf(text.strip()))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** utime, stime, cutime, cstime; nothing when there is no such process. */
    private static long[] ticks(long pid) {
        try {
            String line = Files.readString(PROC.resolve(pid + "/stat"));
            // The name before it may hold anything, brackets and spaces too.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return new long[] {
                Long.parseLong(fields[11]),
                Long.parseLong(fields[12]),
                Long.parseLong(fields[13]),
                Long.parseLong(fields[14])
            };
        } catch (IOException e) {
            return new long[0];
        }
    }
}
