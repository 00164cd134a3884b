package io.stockhub.mapping;

import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Parser;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches one evaluation step by step: its time, its depth, the size of what it builds, and which step it is in.
 *
 * <p>The library's own bounds ({@code Frame.setRuntimeBounds}) are not used because they skip every member of an array
 * or object but the first when they enter a step, yet may count the exit, so that their depth drifts.
 */
final class Guard {

    private static final int GAPS = 10;
    private static final @Nullable VarHandle POSITION = positionField();

    private final Bounds bounds;
    private final Deque<Parser.Symbol> steps = new ArrayDeque<>();
    private final LongSupplier nanoClock;
    private final long longestGap;
    private boolean started;
    private long last;
    private long spent;

    private Guard(Bounds bounds, LongSupplier nanoClock) {
        this.bounds = bounds;
        this.nanoClock = nanoClock;
        this.longestGap = bounds.time().toNanos() / GAPS;
    }

    static Guard watch(Frame frame, Bounds bounds) {
        return watch(frame, bounds, System::nanoTime);
    }

    static Guard watch(Frame frame, Bounds bounds, LongSupplier nanoClock) {
        Guard guard = new Guard(bounds, nanoClock);
        frame.setEvaluateEntryCallback((step, input, environment) -> guard.enter(step));
        frame.setEvaluateExitCallback((step, input, environment, result) -> guard.exit(result));
        return guard;
    }

    private void enter(Parser.Symbol step) {
        steps.push(step);
        if (steps.size() > bounds.depth()) {
            throw new BoundExceeded("nested deeper than " + bounds.depth() + " steps (does a function call itself?)");
        }
        checkTime();
    }

    private void exit(@Nullable Object result) {
        if (result instanceof CharSequence text && text.length() > bounds.outputChars()) {
            throw new BoundExceeded("a text above " + bounds.outputChars() + " characters");
        }
        if (result instanceof Collection<?> list && list.size() > bounds.outputChars()) {
            throw new BoundExceeded("a list above " + bounds.outputChars() + " members");
        }
        checkTime();
        steps.pop();
    }

    /**
     * A step that took very long was mostly a thread that waited: a virtual one that met a lock comes back only when a
     * processor is free, which a busy machine may take seconds for. That is no fault of the message, so one step counts
     * for at most a part of the bound; a loop without end has many steps.
     */
    private void checkTime() {
        long now = nanoClock.getAsLong();
        spent += started ? Math.min(now - last, longestGap) : 0;
        started = true;
        last = now;
        if (spent > bounds.time().toNanos()) {
            throw new BoundExceeded("took longer than " + bounds.time().toMillis() + " ms");
        }
    }

    /**
     * Where the evaluation is, or was when it failed: the step that was entered last and not left. The library fills
     * the position of its exceptions only inside a function call.
     *
     * @return the offset after the step's first token, and the token, or null when unknown
     */
    @Nullable
    Step current() {
        Parser.Symbol step = steps.peek();
        if (step == null || POSITION == null) {
            return null;
        }
        int end = (int) POSITION.get(step);
        return end <= 0 ? null : new Step(end);
    }

    /** @param end offset in the mapping's text after the token that the step stands for */
    record Step(int end) {}

    private static @Nullable VarHandle positionField() {
        try {
            return MethodHandles.privateLookupIn(Parser.Symbol.class, MethodHandles.lookup())
                    .findVarHandle(Parser.Symbol.class, "position", int.class);
        } catch (ReflectiveOperationException e) {
            // Another version of the library: errors outside function calls then have no place, nothing else changes.
            return null;
        }
    }

    /** A bound was reached; no stack trace, because the stack may be deep and says nothing. */
    static final class BoundExceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BoundExceeded(String problem) {
            super(problem, null, false, false);
        }
    }
}
