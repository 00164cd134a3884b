package io.stockhub.app.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A payload for people: JSON is laid out, other text is as it came.
 *
 * @param text at most {@link #SHOWN_MAX} characters of it; empty when it is no text
 * @param cut there is more than is shown
 * @param editable it is whole, and small enough for a form
 */
record Payload(String text, boolean cut, boolean editable, String size) {
    private static final int SHOWN_MAX = 20_000;
    /** A form field triples in the worst case, and a form has 64 KB. */
    private static final int EDITED_MAX = 18_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    static Payload of(byte[] payload) {
        String size = Words.count(payload.length, "byte", "bytes");
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException binary) {
            return new Payload("", false, false, size);
        }
        String shown = laidOut(text);
        return shown.length() > SHOWN_MAX
                ? new Payload(shown.substring(0, SHOWN_MAX), true, false, size)
                : new Payload(shown, false, shown.getBytes(StandardCharsets.UTF_8).length <= EDITED_MAX, size);
    }

    /** Numbers keep their digits: what is laid out may be sent again after an edit. */
    private static String laidOut(String text) {
        if (text.length() > SHOWN_MAX || !text.stripLeading().startsWith("{")) {
            return text;
        }
        try {
            JsonNode tree = JSON.reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .with(JsonNodeFactory.withExactBigDecimals(true))
                    .readTree(text);
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JsonProcessingException notJson) {
            return text;
        }
    }
}
