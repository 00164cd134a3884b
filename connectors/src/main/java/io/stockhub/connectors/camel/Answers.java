package io.stockhub.connectors.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhub.connectors.failure.Answer;
import io.stockhub.connectors.failure.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Between what Camel's HTTP component leaves in a message and what an answer mapping reads. */
final class Answers {

    private Answers() {}

    static Answer of(Message message) {
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        if (status == null) {
            throw new IllegalStateException("the HTTP component left no status");
        }
        byte[] bytes = message.getBody(byte[].class);
        String text = bytes == null ? "" : utf8(bytes);
        if (text == null) {
            // Another charset: its text is not ours to guess, and it is no JSON (RFC 8259, section 8.1).
            return new Answer(status, headers(message), "(no UTF-8)", null);
        }
        String json = text.isBlank() || !JsonText.isJson(text) ? null : text;
        return new Answer(status, headers(message), text.isBlank() ? "" : text, json);
    }

    /** {@code {"status","headers","body","request"}}; body and request are embedded as they are, digit by digit. */
    static String document(Answer answer, String input) {
        ObjectNode headers = JsonText.mapper().createObjectNode();
        answer.headers().forEach(headers::put);
        return "{\"status\":" + answer.status() + ",\"headers\":" + headers + ",\"body\":"
                + (answer.json() == null ? "null" : answer.json()) + ",\"request\":" + input + "}";
    }

    private static Map<String, String> headers(Message message) {
        Map<String, String> headers = new TreeMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (value != null && !name.startsWith("Camel")) {
                headers.merge(name.toLowerCase(Locale.ROOT), text(value), (a, b) -> a + ", " + b);
            }
        });
        return headers;
    }

    private static String text(Object value) {
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : value.toString();
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
