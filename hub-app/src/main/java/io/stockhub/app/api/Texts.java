package io.stockhub.app.api;

/** What text may hold. Asked of every field of every body, so that it reads characters and makes nothing. */
final class Texts {
    private Texts() {}

    /** No control character, and no half of a character that takes two. */
    static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean whole = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!whole) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
