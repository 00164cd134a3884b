package io.stockhub.app.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stockhub.app.problem.Problem;
import io.stockhub.app.problem.ProblemException;
import io.stockhub.app.problem.ProblemType;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** JSON as the standard says and no further: one value, no duplicate names, bounded depth and number length. */
final class StrictJson {
    private static final int DEPTH_MAX = 32;
    private static final int NUMBER_LENGTH_MAX = 100;
    private static final int DETAIL_LENGTH_MAX = 200;

    /** Numbers keep every digit that was sent, so that a payload passes through unchanged. */
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxNumberLength(NUMBER_LENGTH_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private StrictJson() {}

    static JsonNode parse(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node == null || node.isMissingNode()) {
                throw malformed("The body is empty (expected: a JSON object).");
            }
            return node;
        } catch (StreamConstraintsException beyond) {
            throw malformed("Nested deeper than " + DEPTH_MAX + " levels, or a number longer than " + NUMBER_LENGTH_MAX
                    + " characters.");
        } catch (JsonProcessingException broken) {
            throw malformed(describe(broken));
        } catch (IOException broken) {
            throw malformed("Not valid UTF-8.");
        }
    }

    /** Whether a {@code Content-Type} announces JSON in UTF-8. */
    static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";");
        String type = parts[0].trim();
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replace("\"", "").replace(" ", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return type.equals("application/json") || type.startsWith("application/") && type.endsWith("+json");
    }

    private static String describe(JsonProcessingException broken) {
        String what = broken.getOriginalMessage();
        if (what.length() > DETAIL_LENGTH_MAX) {
            what = what.substring(0, DETAIL_LENGTH_MAX) + "…";
        }
        if (broken.getLocation() == null) {
            return what;
        }
        return "line " + broken.getLocation().getLineNr() + ", column "
                + broken.getLocation().getColumnNr() + ": " + what;
    }

    private static ProblemException malformed(String detail) {
        return Problem.of(ProblemType.MALFORMED_JSON, detail).asException();
    }
}
