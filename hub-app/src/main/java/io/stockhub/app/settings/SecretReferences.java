package io.stockhub.app.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Resolves {@code env:NAME} and {@code file:/path}. Problems name the reference, never what it holds. */
final class SecretReferences {
    private static final int BYTES_MAX = 65_536;

    private final UnaryOperator<@Nullable String> variables;
    private final boolean literalsAllowed;
    private final Findings findings;

    SecretReferences(UnaryOperator<@Nullable String> variables, boolean literalsAllowed, Findings findings) {
        this.variables = variables;
        this.literalsAllowed = literalsAllowed;
        this.findings = findings;
    }

    /** An empty secret stands for one that could not be resolved; the finding stops the start. */
    SecretValue resolve(String reference, List<Object> path) {
        String value = null;
        if (reference.startsWith("env:")) {
            value = variable(reference.substring(4), path);
        } else if (reference.startsWith("file:")) {
            value = file(reference.substring(5), path);
        } else if (literalsAllowed) {
            value = reference;
        } else {
            findings.add(
                    path,
                    "is written out (expected: where it is, env:NAME or file:/path; secrets do not belong in"
                            + " settings)");
        }
        return SecretValue.of(value == null ? "" : value);
    }

    private @Nullable String variable(String name, List<Object> path) {
        String value = name.isEmpty() ? null : variables.apply(name);
        if (value == null || value.isBlank()) {
            findings.add(path, "the environment variable " + name + " is not set. Set it and start again.");
            return null;
        }
        return value.strip();
    }

    private @Nullable String file(String name, List<Object> path) {
        try {
            Path file = Path.of(name);
            if (!Files.isRegularFile(file)) {
                findings.add(path, "there is no file " + name + ". Write the secret into it and start again.");
                return null;
            }
            if (Files.size(file) > BYTES_MAX) {
                findings.add(
                        path, "the file " + name + " is larger than " + BYTES_MAX + " bytes (expected: one secret)");
                return null;
            }
            String value = Files.readString(file).strip();
            if (value.isEmpty()) {
                findings.add(path, "the file " + name + " is empty. Write the secret into it and start again.");
                return null;
            }
            return value;
        } catch (IOException | InvalidPathException unreadable) {
            findings.add(path, "the file " + name + " cannot be read. Check its name and its rights.");
            return null;
        }
    }
}
