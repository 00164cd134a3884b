package io.stockhub.bench.ledger;

import io.stockhub.bench.Medians;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** How much of the machine was ours and how fast its disk is: without that no figure says anything. */
final class Machine {
    private static final long SPIN_NANOS = 50_000_000L;
    private static final int SYNCS = 50;
    private static final int PAGE = 8_192;

    private final List<Double> ours = new ArrayList<>();

    /** Asks for all processors for a twentieth of a second and notes what share of them it got. */
    void look() throws InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        LongAdder got = new LongAdder();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < processors; i++) {
            threads.add(Thread.ofPlatform().start(() -> got.add(spin())));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        ours.add(got.sum() / (double) (SPIN_NANOS * processors));
    }

    /** Processor time of this thread in a twentieth of a second. */
    private static long spin() {
        long end = System.nanoTime() + SPIN_NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return Math.min(SPIN_NANOS, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    String share() {
        double[] range = Medians.range(ours);
        return String.format(
                Locale.ROOT,
                "%.0f %% were ours before a cell (median; %.0f to %.0f)",
                100 * Medians.median(ours),
                100 * range[0],
                100 * range[1]);
    }

    /** For people: how long a page takes to be on the disk. */
    static String disk(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "sync", null);
        List<Double> micros = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                channel.write(ByteBuffer.allocate(PAGE), (long) i * PAGE);
                long began = System.nanoTime();
                channel.force(false);
                micros.add((System.nanoTime() - began) / 1_000.0);
            }
        } finally {
            Files.deleteIfExists(file);
        }
        return String.format(
                Locale.ROOT, "%.0f us to sync 8 kB (median of %d)", Medians.median(micros), SYNCS);
    }
}
