package io.stockhub.mapping;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an expression gave, as a JSON tree. Counts while it copies, because a small expression can name the same large
 * value thousands of times: the text would be huge although the values in memory are few.
 */
final class Output {

    private static final JsonNodeFactory NODES = new JsonNodeFactory(true);
    /** Beyond this a double has no single whole number to stand for. */
    private static final double WHOLE_LIMIT = 1e18;

    private final String mapping;
    private final Bounds bounds;
    private long size;

    private Output(String mapping, Bounds bounds) {
        this.mapping = mapping;
        this.bounds = bounds;
    }

    static JsonNode of(String mapping, Bounds bounds, Object value) {
        return new Output(mapping, bounds).node(value, 0);
    }

    private JsonNode node(@Nullable Object value, int depth) {
        if (depth > bounds.jsonDepth()) {
            throw new MappingException(
                    mapping, null, "output deeper than " + bounds.jsonDepth() + " levels (expected: fewer)");
        }
        count(2);
        return switch (value) {
            case null -> NODES.nullNode();
            case String text -> text(text);
            case Boolean bool -> NODES.booleanNode(bool);
            case Number number -> number(number);
            case Map<?, ?> map -> object(map, depth);
            case List<?> list -> array(list, depth);
            default -> {
                if (value == Jsonata.NULL_VALUE) {
                    yield NODES.nullNode();
                }
                throw new MappingException(mapping, null, "the output holds a function (expected: values only)");
            }
        };
    }

    private JsonNode text(String text) {
        count(text.length());
        return NODES.textNode(text);
    }

    private ObjectNode object(Map<?, ?> map, int depth) {
        ObjectNode object = NODES.objectNode();
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            count(name.length());
            object.set(name, node(value, depth + 1));
        });
        return object;
    }

    private ArrayNode array(List<?> list, int depth) {
        ArrayNode array = NODES.arrayNode();
        for (Object value : list) {
            array.add(node(value, depth + 1));
        }
        return array;
    }

    private JsonNode number(Number number) {
        return switch (number) {
            case Integer i -> NODES.numberNode(i);
            case Long l -> NODES.numberNode(l);
            case BigInteger i -> NODES.numberNode(i);
            case BigDecimal d -> NODES.numberNode(d);
            default -> computed(number.doubleValue());
        };
    }

    /** The language computes in doubles; the input never holds one, so this is the result of an arithmetic step. */
    private JsonNode computed(double d) {
        if (!Double.isFinite(d)) {
            throw new MappingException(mapping, null, "the output holds " + d + " (expected: a finite number)");
        }
        if (d == Math.rint(d) && Math.abs(d) < WHOLE_LIMIT) {
            return NODES.numberNode((long) d);
        }
        return NODES.numberNode(d);
    }

    private void count(int chars) {
        size += chars;
        if (size > bounds.outputChars()) {
            throw new MappingException(
                    mapping, null, "output above " + bounds.outputChars() + " characters (expected: <= that)");
        }
    }
}
