package io.stockhub.mapping;

/** Positions in a text, for people: lines and columns from 1. */
final class Places {

    private Places() {}

    /** @param offset in characters from 0; beyond the end it counts as the end */
    static String lineAndColumn(String text, int offset) {
        int end = Math.max(0, Math.min(offset, text.length()));
        int line = 1;
        int start = 0;
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return "line " + line + ", column " + (end - start + 1);
    }

    /** Text from a document, fit for a message: on one line, without control characters, at most 200 characters. */
    static String quote(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}+", " ");
        return oneLine.length() <= 200 ? oneLine : oneLine.substring(0, 200) + "…";
    }
}
