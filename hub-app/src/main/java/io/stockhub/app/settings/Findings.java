package io.stockhub.app.settings;

import java.util.ArrayList;
import java.util.List;

/** Collects problems with their places, so that all can be told at once. */
final class Findings {
    private final Draft draft;
    private final List<String> problems = new ArrayList<>();

    Findings(Draft draft) {
        this.draft = draft;
    }

    void add(List<Object> path, String what) {
        problems.add(Draft.nearest(draft, path).place() + ": " + Draft.show(path) + ": " + what);
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }
}
