package io.stockhub.connectors.folder;

/**
 * One thing that is wrong with a connector's files.
 *
 * @param file as its location names it
 * @param line from 1
 * @param field dotted path, empty for the document as a whole
 * @param problem what is there and what was expected
 */
public record Fault(String file, int line, String field, String problem) implements Comparable<Fault> {

    @Override
    public int compareTo(Fault other) {
        int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + problem;
    }
}
