package io.stockhub.routes.edi;

import java.util.List;

/** Writes a set as JSON. */
final class SetJson {
    private final StringBuilder json = new StringBuilder(1024);

    /** @param from index of the first segment after ST; {@code to} the one after the last */
    static String write(Header header, String set, String control, Segments segments, int from, int to) {
        SetJson writer = new SetJson();
        writer.head(header, set, control);
        for (int i = from; i < to; i++) {
            writer.segment(segments.elements(i), i > from);
        }
        return writer.json.append("]}").toString();
    }

    /** What all sets of a group share. */
    record Header(Party sender, Party receiver, String interchange, String group, String version) {}

    private void head(Header header, String set, String control) {
        json.append("{\"standard\":\"X12\",\"set\":").append(quote(set));
        json.append(",\"version\":").append(quote(header.version()));
        party(",\"sender\":", header.sender());
        party(",\"receiver\":", header.receiver());
        json.append(",\"interchange\":").append(quote(header.interchange()));
        json.append(",\"group\":").append(quote(header.group()));
        json.append(",\"control\":").append(quote(control)).append(",\"segments\":[");
    }

    private void party(String name, Party party) {
        json.append(name).append("{\"qualifier\":").append(quote(party.qualifier()));
        json.append(",\"id\":").append(quote(party.id())).append('}');
    }

    private void segment(List<String> elements, boolean comma) {
        json.append(comma ? ",[" : "[");
        for (int i = 0; i < elements.size(); i++) {
            json.append(i > 0 ? "," : "").append(quote(elements.get(i)));
        }
        json.append(']');
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else {
                quoted.append(c < ' ' || c == 0x7F || isAlone(text, i) ? '?' : c);
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isAlone(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
