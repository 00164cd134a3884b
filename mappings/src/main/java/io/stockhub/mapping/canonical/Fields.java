package io.stockhub.mapping.canonical;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one JSON object, with errors that say where: {@code /lines/0/quantity: "3" (expected: …)}. */
final class Fields {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String message;
    private final String place;
    private final JsonNode object;

    private Fields(String message, String place, JsonNode object) {
        this.message = message;
        this.place = place;
        this.object = object;
        if (!object.isObject()) {
            throw fault("", object, "an object");
        }
    }

    static Fields of(String message, String json) {
        try {
            return new Fields(message, "", JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(message + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }

    String text(String name) {
        JsonNode value = object.path(name);
        if (!value.isTextual()) {
            throw fault("/" + name, value, "text");
        }
        return value.textValue();
    }

    @Nullable
    String optionalText(String name) {
        return object.path(name).isMissingNode() ? null : text(name);
    }

    long whole(String name) {
        JsonNode value = object.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw fault("/" + name, value, "a whole number");
        }
        return value.longValue();
    }

    Instant instant(String name) {
        return convert(name, text -> OffsetDateTime.parse(text).toInstant(), "a time with offset, ISO 8601");
    }

    <T> T convert(String name, Function<String, T> conversion, String expected) {
        String text = text(name);
        try {
            return conversion.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw fault("/" + name, object.path(name), expected);
        }
    }

    Fields object(String name) {
        return new Fields(message, place + "/" + name, object.path(name));
    }

    Stream<Fields> array(String name) {
        JsonNode array = object.path(name);
        if (!array.isArray()) {
            throw fault("/" + name, array, "an array");
        }
        return IntStream.range(0, array.size())
                .mapToObj(i -> new Fields(message, place + "/" + name + "/" + i, array.get(i)));
    }

    private IllegalArgumentException fault(String field, JsonNode value, String expected) {
        String shown = value.isMissingNode() ? "missing" : value.isContainerNode() ? "a structure" : value.toString();
        return new IllegalArgumentException(
                message + ": " + place + field + ": " + shown + " (expected: " + expected + ")");
    }
}
