package io.stockhub.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Mappings that a test writes itself, in a folder of its own. */
final class Written {

    /** Accepts any object as "raw", so that a test sees what the engine does to values of every kind. */
    static final String ANY = "test/orders-page-answer";

    private final Path folder;

    Written(Path folder) {
        this.folder = folder;
    }

    Written with(String name, String text) {
        try {
            Path file = folder.resolve(name + ".jsonata");
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A mapping whose output is one page with one order, whose raw value is the expression's. */
    Written any(String expression) {
        return with(ANY, page(expression));
    }

    static String page(String expression) {
        return "{\"orders\":[{\"id\":\"1\",\"updatedAt\":\"2026-09-04T07:00:00Z\",\"raw\":{\"v\":" + expression
                + "}}],\"next\":null}";
    }

    Mappings load() {
        return Mappings.load(List.of("file:" + folder));
    }

    Mappings load(Bounds bounds) {
        return Mappings.load(List.of("file:" + folder), bounds);
    }

    /** What {@link #any} gave for the input, as JSON text. */
    String value(String input) {
        String page = load().apply(ANY, input);
        return page.substring(page.indexOf("{\"v\":") + 5, page.length() - "}}],\"next\":null}".length() + 1)
                .replaceFirst("}$", "");
    }

    static Bounds bounds(Duration time, int depth) {
        Bounds d = Bounds.DEFAULT;
        return new Bounds(time, depth, d.inputBytes(), d.jsonDepth(), d.outputChars());
    }
}
