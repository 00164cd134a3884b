package io.stockhub.app.settings;

import java.util.List;

/** The settings are wrong: the hub does not start. The message names every problem with its place, and no secret. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public SettingsException(List<String> problems) {
        super("The settings are wrong; nothing was started.\n  " + String.join("\n  ", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** One line each: {@code stockhub.yaml, line 12: channels[0].buffer: -3 (expected: >= 0)}. */
    public List<String> problems() {
        return problems;
    }
}
