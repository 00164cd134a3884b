package io.stockhub.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/**
 * One compiled expression. Safe for many threads: an evaluation writes to its own frame, and the library keeps its
 * working state per thread.
 */
final class CompiledMapping {

    private final MappingFile file;
    private final Jsonata expression;

    private CompiledMapping(MappingFile file, Jsonata expression) {
        this.file = file;
        this.expression = expression;
    }

    static CompiledMapping of(MappingFile file) {
        try {
            Jsonata expression = Jsonata.jsonata(file.text());
            // Our own copy of the result turns its nulls into JSON's; the library's would change the input in place.
            expression.setOutputConvertNulls(false);
            expression.setValidateInput(false);
            return new CompiledMapping(file, expression);
        } catch (JException e) {
            String place = place(file.text(), e.getLocation(), e.getCurrent());
            throw new MappingException(file.name(), place, message(e) + " (" + file.origin() + ")", e);
        } catch (RuntimeException e) {
            // The library's parser runs off the end of a text whose last comment or quote is not closed.
            String place = Places.lineAndColumn(file.text(), file.text().length());
            throw new MappingException(file.name(), place, "the mapping ends too early (" + file.origin() + ")", e);
        }
    }

    /** @return the raw result, never undefined */
    Object evaluate(Object input, Bounds bounds) {
        Frame frame = expression.createFrame();
        BuiltIns.bind(frame);
        Guard guard = Guard.watch(frame, bounds);
        try {
            Object result = expression.evaluate(input, frame);
            if (result == null) {
                throw new MappingException(
                        file.name(), null, "the mapping produced nothing (are the names of the fields right?)");
            }
            return result;
        } catch (JException e) {
            throw new MappingException(file.name(), place(guard, e), message(e), e);
        } catch (Guard.BoundExceeded e) {
            throw new MappingException(file.name(), place(guard, null), e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new MappingException(file.name(), place(guard, null), "nested too deep for the Java stack");
        } catch (MappingException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new MappingException(file.name(), place(guard, null), Places.quote(cause(e)), e);
        }
    }

    private @Nullable String place(Guard guard, @Nullable JException e) {
        Guard.Step step = guard.current();
        if (step != null) {
            return place(file.text(), step.end(), null);
        }
        return e == null ? null : place(file.text(), e.getLocation(), e.getCurrent());
    }

    /** The library counts to the end of the token at fault; people look for its start. */
    private static @Nullable String place(String text, int end, @Nullable Object token) {
        if (end <= 0) {
            return null;
        }
        int length = token instanceof String t && text.startsWith(t, end - t.length()) ? t.length() : 1;
        return Places.lineAndColumn(text, end - length);
    }

    /** The library wraps what its own functions throw. */
    private static String cause(Throwable e) {
        Throwable cause = e.getCause() != null && e.getClass() == RuntimeException.class ? e.getCause() : e;
        return cause instanceof DateTimeException && cause.getMessage() != null ? cause.getMessage() : cause.toString();
    }

    private static String message(JException e) {
        // The library leaves a second placeholder unfilled in a few of its messages.
        String message = String.valueOf(e.getMessage()).replace("{{token}}", "here");
        boolean nameless = "T1006".equals(e.getError()) && e.getCurrent() != null;
        return Places.quote(nameless ? message + ": $" + e.getCurrent() : message);
    }
}
