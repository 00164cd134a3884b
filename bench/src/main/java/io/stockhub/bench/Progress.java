package io.stockhub.bench;

import java.io.PrintWriter;

/** Says on standard error what is running. */
public final class Progress {
    private final PrintWriter out;
    private final long began = System.nanoTime();
    private String prefix = "";

    public Progress(PrintWriter out) {
        this.out = out;
    }

    /** The cases of this benchmark, in order: {@code number} of {@code total}. */
    public void step(int number, int total, String title) {
        prefix = "[" + number + "/" + total + "] " + title;
        say(prefix);
    }

    /** What the case that runs does now. */
    public void detail(String text) {
        say(prefix + ": " + text);
    }

    private void say(String text) {
        long seconds = (System.nanoTime() - began) / 1_000_000_000L;
        out.printf("%3d:%02d  %s%n", seconds / 60, seconds % 60, text);
        out.flush();
    }
}
