package io.stockhub.mapping;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON text to what the expression language works on: maps in the order of the text, lists, strings, booleans, its own
 * null, and numbers that keep every digit (Integer, Long, BigInteger, BigDecimal; never double).
 */
final class JsonText {

    /** 1e999999999 is short as text but takes gigabytes once something asks for its digits. */
    private static final int MAX_EXPONENT = 1000;

    private final JsonFactory factory;
    private final Bounds bounds;

    JsonText(Bounds bounds) {
        this.bounds = bounds;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(bounds.jsonDepth())
                        .maxNumberLength(MAX_EXPONENT)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    Object read(String mapping, String json) {
        checkSize(mapping, json);
        try (JsonParser parser = factory.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new MappingException(mapping, null, "the input is empty (expected: one JSON document)");
            }
            Object value = value(mapping, parser);
            if (parser.nextToken() != null) {
                throw notJson(mapping, parser.currentLocation(), "something follows the document", null);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw notJson(mapping, e.getLocation(), e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkSize(String mapping, String json) {
        int limit = bounds.inputBytes();
        // A character takes at least one byte and at most three, so most inputs need no counting.
        if (json.length() > limit || (json.length() > limit / 3 && utf8Length(json) > limit)) {
            throw new MappingException(
                    mapping, null, "input of " + utf8Length(json) + " bytes (expected: <= " + limit + ")");
        }
    }

    private static long utf8Length(String text) {
        return text.chars()
                .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate((char) c) ? 2 : 3)
                .sum();
    }

    private static MappingException notJson(
            String mapping, @Nullable JsonLocation at, String problem, @Nullable JsonProcessingException cause) {
        // A bound that is exceeded has no location.
        String place = at == null ? null : "input line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new MappingException(
                mapping, place, "the input cannot be read as JSON: " + Places.quote(problem), cause);
    }

    private Object value(String mapping, JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(mapping, parser);
            case START_ARRAY -> array(mapping, parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> Jsonata.NULL_VALUE;
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal(mapping, parser);
            default -> throw new IllegalStateException("token " + parser.currentToken());
        };
    }

    private Map<String, Object> object(String mapping, JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(mapping, parser));
        }
        return object;
    }

    private List<Object> array(String mapping, JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(mapping, parser));
        }
        return array;
    }

    private BigDecimal decimal(String mapping, JsonParser parser) throws IOException {
        BigDecimal value = parser.getDecimalValue();
        if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
            throw notJson(
                    mapping,
                    parser.currentTokenLocation(),
                    parser.getText() + " (expected: an exponent within " + MAX_EXPONENT + ")",
                    null);
        }
        return value;
    }
}
